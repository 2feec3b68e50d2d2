import BridgeCore
import HTTPMessage
import Simulators
import Testing

@Suite("Who may call the stand-in of Dataverse")
struct AccessTests {
    let standIns: StandIns

    init() throws { standIns = try StandIns() }

    private func token(client: String, secret: String) throws -> String? {
        try standIns.applicationToken(["client_id": try standIns.client(client), "client_secret": secret])
            .json["access_token"]?.stringValue
    }

    @Test("WhoAmI names the caller's row, unit and organization")
    func whoAmI() throws {
        let answer = try standIns.dataverse("WhoAmI")
        #expect(answer.status == .ok)
        #expect(answer.fields[.contentType]?.text == "application/json; odata.metadata=minimal")
        #expect(HTTPFieldName("OData-Version").flatMap { answer.fields[$0]?.text } == "4.0")
        for name in ["UserId", "BusinessUnitId", "OrganizationId"] {
            #expect(answer.json[name]?.stringValue.flatMap { GUID($0) } != nil)
        }
        let me = try #require(answer.json["UserId"]?.stringValue)
        let row = try standIns.dataverse("systemusers(\(me))?$select=applicationid,fullname")
        #expect(row.json["applicationid"]?.stringValue == (try standIns.client()))
    }

    @Test(
        "tells a missing application user from a missing role",
        arguments: [
            ("no-application-user", "Sim8Q~no-user-secret-value", "0x80072560"),
            ("no-security-role", "Sim8Q~no-role-secret-value", "0x80040220"),
        ])
    func applicationUsers(client: String, secret: String, code: String) throws {
        for target in ["WhoAmI", "systemusers?$top=1", "roles"] {
            let answer = try standIns.dataverse(target, token: try token(client: client, secret: secret))
            #expect(answer.status == .forbidden)
            #expect(answer.dataverseCode == code)
        }
    }

    @Test(
        "refuses what the caller's roles do not cover",
        arguments: [
            ("incidents?$top=1", "prvReadIncident"), ("nonsense", nil),
        ])
    func privileges(target: String, privilege: String?) throws {
        let answer = try standIns.dataverse(target)
        #expect(answer.status == (privilege == nil ? .notFound : .forbidden))
        if let privilege { #expect(answer.json["error"]?["message"]?.stringValue?.contains(privilege) == true) }
    }

    @Test("lets System Administrator read everything")
    func administrator() throws {
        let token = try token(client: "system-administrator", secret: "Sim8Q~sysadmin-secret-value")
        let answer = try standIns.dataverse("incidents?$top=1", token: token)
        #expect(answer.status == .ok)
        #expect(answer.json["value"]?.arrayValue == [])
    }

    @Test("knows tokens by their audience, and for their time")
    func tokens() throws {
        let token = try standIns.applicationToken().json["access_token"]?.stringValue
        let us = standIns.simulator.sites[.dataverse("contoso-us")]
        let answer = try standIns.get("\(us)/api/data/v9.2/WhoAmI", ["Authorization": "Bearer \(token ?? "")"])
        #expect(answer.status == .unauthorized)
        let challenge = answer.fields[.wwwAuthenticate]?.text
        #expect(
            challenge
                == "Bearer authorization_uri=\(standIns.entra)/\(try standIns.tenant())/oauth2/authorize, resource_id=\(us)"
        )
        #expect(try standIns.dataverse("WhoAmI", token: "eyJ.eyJ.x").status == .unauthorized)
        #expect(try standIns.get("\(standIns.api)/WhoAmI").status == .unauthorized)
        #expect(
            try standIns.get("\(standIns.api)/WhoAmI", ["Authorization": "Basic \(token ?? "")"]).status
                == .unauthorized)
        standIns.clock.advance(seconds: 5400)
        #expect(try standIns.dataverse("WhoAmI", token: token).status == .unauthorized)
    }

    @Test(
        "lets people read with their own token as far as their roles go",
        arguments: [
            ("ben", 200, nil), ("omar", 403, "0x80040220"), ("dora", 403, "0x80040225"), ("noel", 403, "0x80072560"),
        ] as [(String, UInt16, String?)])
    func people(person: String, status: UInt16, code: String?) throws {
        let token = try standIns.personToken(person)
        let answer = try standIns.dataverse("systemusers?$top=1", token: token)
        #expect(answer.status.rawValue == status)
        #expect(answer.dataverseCode == code)
    }

    @Test("refuses impersonation without the privilege", arguments: ["CallerObjectId", "MSCRMCallerID"])
    func impersonation(field: String) throws {
        let answer = try standIns.dataverse("WhoAmI", [field: try standIns.person("ben")])
        #expect(answer.status == .forbidden)
        #expect(answer.dataverseCode == "0x80040220")
    }

    @Test("answers 404 for other versions, 400 for other OData versions, 405 for writing")
    func versions() throws {
        let token = try standIns.applicationToken().json["access_token"]?.stringValue ?? ""
        let bearer = ["Authorization": "Bearer \(token)"]
        for path in ["/api/data/v8.2/WhoAmI", "/api/data/v9.3/WhoAmI", "/main.aspx", "/"] {
            let answer = try standIns.get("\(standIns.contoso)\(path)", bearer)
            #expect(answer.status == .notFound)
            #expect(answer.fields[.contentType]?.text == "text/html")
        }
        #expect(try standIns.get("\(standIns.contoso)/api/data/v9.1/WhoAmI", bearer).status == .ok)
        #expect(try standIns.dataverse("WhoAmI", ["OData-MaxVersion": "4.0", "OData-Version": "4.0"]).status == .ok)
        #expect(try standIns.dataverse("WhoAmI", ["OData-Version": "3.0"]).dataverseCode == "0x80060888")
        #expect(try standIns.send(.post, "\(standIns.api)/systemusers", bearer, []).status == .methodNotAllowed)
    }

    @Test("counts requests, and refuses too many of them where that is switched on")
    func limits() throws {
        let token = try standIns.applicationToken().json["access_token"]?.stringValue
        let name = try #require(HTTPFieldName("x-ms-ratelimit-burst-remaining-xrm-requests"))
        #expect(try standIns.dataverse("WhoAmI", token: token).fields[name]?.text == "5999")
        standIns.simulator.enforceServiceProtection(requests: 3)
        #expect(try standIns.dataverse("WhoAmI", token: token).status == .ok)
        #expect(try standIns.dataverse("WhoAmI", token: token).status == .ok)
        let answer = try standIns.dataverse("WhoAmI", token: token)
        #expect(answer.status == .tooManyRequests)
        #expect(answer.dataverseCode == "0x80072322")
        #expect(answer.fields[.retryAfter]?.text == "30")
        standIns.clock.advance(seconds: 301)
        #expect(try standIns.dataverse("WhoAmI", token: token).status == .ok)
    }
}
