import BridgeCore
import HTTPMessage
import Simulators
import Testing

@Suite("Entra's other grants")
struct RefreshAndDeviceTests {
    let standIns: StandIns

    init() throws { standIns = try StandIns() }

    private func refresh(_ token: String?, _ changes: [String: String?] = [:]) throws -> HTTPResponse {
        var form = [
            "grant_type": "refresh_token", "client_id": try standIns.client(), "client_secret": StandIns.secret,
            "refresh_token": token ?? "",
        ]
        for (name, value) in changes { form[name] = value }
        return try standIns.post(try standIns.tokenURL(), form)
    }

    @Test("a refresh token gets tokens of other APIs, stays valid, and is not for others")
    func refreshes() throws {
        let first = try standIns.redeem(
            try standIns.code(
                "ann", ["scope": "openid profile offline_access \(standIns.discovery)/user_impersonation"]))
        let token = first.json["refresh_token"]?.stringValue
        let second = try refresh(token, ["scope": "\(standIns.contoso)/user_impersonation"])
        #expect(second.status == .ok)
        #expect(second.json["refresh_token"]?.stringValue != token)
        #expect(try standIns.dataverse("WhoAmI", token: second.json["access_token"]?.stringValue).status == .ok)
        #expect(try refresh(token).status == .ok)
        #expect(
            try refresh(token, ["scope": "\(standIns.simulator.sites[.dataverse("fabrikam")])/.default"]).aadsts
                == 500_011)
        #expect(try refresh("other").aadsts == 70_000)
        #expect(
            try refresh(
                token,
                ["client_id": try standIns.client("bridge-personal"), "client_secret": "Sim8Q~personal-secret-value"]
            ).aadsts == 70_000)
        standIns.clock.advance(seconds: 91 * 86_400)
        #expect(try refresh(token).aadsts == 700_082)
    }

    @Test("a refresh token ends with a revocation, and with the person's account")
    func ends() throws {
        let token = try standIns.redeem(try standIns.code()).json["refresh_token"]?.stringValue
        try standIns.simulator.changePerson("ben", #"{"signIn": 50057}"#)
        #expect(try refresh(token).aadsts == 50_057)
        try standIns.simulator.changePerson("ben", #"{"signIn": null}"#)
        #expect(try refresh(token).status == .ok)
        standIns.simulator.revokeRefreshTokens()
        #expect(try refresh(token).aadsts == 70_000)
    }

    private func deviceCode() throws -> HTTPResponse {
        try standIns.post(
            "\(standIns.entra)/\(try standIns.tenant())/oauth2/v2.0/devicecode",
            ["client_id": try standIns.client(), "scope": "openid profile \(standIns.discovery)/user_impersonation"])
    }

    private func poll(_ code: String?) throws -> HTTPResponse {
        try standIns.post(
            try standIns.tokenURL(),
            [
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code", "client_id": try standIns.client(),
                "client_secret": StandIns.secret, "device_code": code ?? "",
            ])
    }

    @Test("a device waits, and gets its tokens once")
    func device() throws {
        let device = try deviceCode()
        #expect(device.json["verification_uri"]?.stringValue == "\(standIns.entra)/devicelogin")
        #expect(device.json["interval"]?.integerValue == 5)
        let code = device.json["device_code"]?.stringValue
        let pending = try poll(code)
        #expect(pending.status == .badRequest)
        #expect(pending.json["error"]?.stringValue == "authorization_pending")
        let user = try #require(device.json["user_code"]?.stringValue)
        let page = "\(standIns.entra)/devicelogin"
        #expect(try standIns.get("\(page)?user_code=WRONG&simulator_person=ann").status == .badRequest)
        #expect(try standIns.get("\(page)?user_code=\(user)&simulator_person=ann").status == .ok)
        let tokens = try poll(code)
        #expect(tokens.status == .ok)
        #expect(try IDToken(tokens).claims["oid"]?.stringValue == standIns.person("ann"))
        #expect(try poll(code).json["error"]?.stringValue == "bad_verification_code")
    }

    @Test("a device is declined, or too late")
    func deviceEnds() throws {
        let declined = try deviceCode()
        let user = try #require(declined.json["user_code"]?.stringValue)
        _ = try standIns.get(
            "\(standIns.entra)/devicelogin?user_code=\(user)&simulator_person=ann&simulator_answer=cancel")
        #expect(
            try poll(declined.json["device_code"]?.stringValue).json["error"]?.stringValue == "authorization_declined")
        let late = try deviceCode()
        standIns.clock.advance(seconds: 901)
        #expect(try poll(late.json["device_code"]?.stringValue).json["error"]?.stringValue == "expired_token")
    }
}
