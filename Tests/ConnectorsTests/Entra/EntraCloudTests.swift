import BridgeCore
import BridgeCrypto
import Connectors
import HTTPMessage
import Testing

@Suite("A cloud of Microsoft's")
struct EntraCloudTests {
    @Test(
        "is known by the host of an environment",
        arguments: [
            ("acme.crm.dynamics.com", "https://login.microsoftonline.com"),
            ("acme.crm4.dynamics.com", "https://login.microsoftonline.com"),
            ("acme.crm9.dynamics.com", "https://login.microsoftonline.com"),
            ("acme.crm.microsoftdynamics.us", "https://login.microsoftonline.us"),
            ("acme.crm.appsplatform.us", "https://login.microsoftonline.us"),
            ("acme.crm.dynamics.cn", "https://login.partner.microsoftonline.cn"),
            ("dynamics.com.evil.example", nil), ("evildynamics.com", nil), ("acme.crm.microsoftdynamics.de", nil),
            ("localhost", nil),
        ] as [(String, String?)])
    func authority(host: String, origin: String?) {
        let configured = EntraCloud.global.authority
        #expect(EntraAuthority(environmentHost: host, configured: configured).map { "\($0.origin)" } == origin)
    }

    @Test("gives way to an authority that the operator has set")
    func configured() throws {
        let standIn = EntraAuthority(try #require(WebOrigin("http://127.0.0.1:9000")))
        #expect(EntraAuthority(environmentHost: "acme.crm.dynamics.cn", configured: standIn) == standIn)
        #expect(EntraAuthority(environmentHost: "localhost", configured: standIn) == standIn)
    }

    @Test("has the endpoints of a tenant, or of all of them")
    func endpoints() throws {
        let authority = EntraCloud.usGovernment.authority
        let tenant = EntraTenant.id(try #require(GUID("11111111-AAAA-4bbb-8ccc-000000000001")))
        let start = "https://login.microsoftonline.us/11111111-aaaa-4bbb-8ccc-000000000001"
        #expect(authority.authorizationURL(tenant).text == "\(start)/oauth2/v2.0/authorize")
        #expect(authority.tokenURL(tenant).text == "\(start)/oauth2/v2.0/token")
        #expect(authority.deviceAuthorizationURL(tenant).text == "\(start)/oauth2/v2.0/devicecode")
        #expect(authority.adminConsentURL(tenant).text == "\(start)/v2.0/adminconsent")
        #expect(authority.provider(tenant).issuer.text == "\(start)/v2.0")
        #expect(authority.provider(.organizations).issuer.text == "https://login.microsoftonline.us/{tenantid}/v2.0")
    }
}
