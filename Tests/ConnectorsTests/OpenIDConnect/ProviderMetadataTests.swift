import BridgeCore
import BridgeCrypto
import Connectors
import HTTPMessage
import Testing

@Suite("A provider's metadata")
struct ProviderMetadataTests {
    private static let tenant = "11111111-aaaa-4bbb-8ccc-000000000001"

    private func code(issuer: String, keys: String, of location: ProviderLocation) -> ReasonCode? {
        let text = "{\"issuer\":\"\(issuer)\",\"jwks_uri\":\"\(keys)\",\"token_endpoint\":\"https://ignored.example\"}"
        do throws(ConnectorError) {
            _ = try ProviderMetadata(reading: Array(text.utf8), of: location)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("of a tenant name its issuer, and those of organizations the one with braces")
    func entra() throws {
        let id = try #require(GUID(Self.tenant))
        let one = EntraCloud.global.authority.provider(.id(id))
        #expect(
            one.metadata.text
                == "https://login.microsoftonline.com/\(Self.tenant)/v2.0/.well-known/openid-configuration")
        let keys = "https://login.microsoftonline.com/\(Self.tenant)/discovery/v2.0/keys"
        let (own, template) = (
            "https://login.microsoftonline.com/\(Self.tenant)/v2.0",
            "https://login.microsoftonline.com/{tenantid}/v2.0"
        )
        #expect(code(issuer: own, keys: keys, of: one) == nil)
        #expect(code(issuer: template, keys: keys, of: one) == .issuerUnknown)
        #expect(code(issuer: own + "/", keys: keys, of: one) == .issuerUnknown)
        let all = EntraCloud.global.authority.provider(.organizations)
        #expect(code(issuer: template, keys: keys, of: all) == nil)
        #expect(code(issuer: own, keys: keys, of: all) == .issuerUnknown)
        #expect(code(issuer: "https://login.microsoftonline.us/{tenantid}/v2.0", keys: keys, of: all) == .issuerUnknown)
    }

    @Test("of a host that is its own issuer name that host")
    func salesforce() throws {
        let location = ProviderLocation(issuer: try #require(WebOrigin("https://acme.my.salesforce.com")))
        #expect(location.metadata.text == "https://acme.my.salesforce.com/.well-known/openid-configuration")
        let keys = "https://acme.my.salesforce.com/id/keys"
        #expect(code(issuer: "https://acme.my.salesforce.com", keys: keys, of: location) == nil)
        #expect(code(issuer: "https://login.salesforce.com", keys: keys, of: location) == .issuerUnknown)
    }

    @Test(
        "lead to keys at the same host only",
        arguments: [
            "https://evil.example/keys", "http://acme.my.salesforce.com/keys",
            "https://acme.my.salesforce.com:8443/keys",
            "https://acme.my.salesforce.com@evil.example/keys", "keys", "",
        ])
    func keys(_ url: String) throws {
        let location = ProviderLocation(issuer: try #require(WebOrigin("https://acme.my.salesforce.com")))
        #expect(code(issuer: "https://acme.my.salesforce.com", keys: url, of: location) == .upstreamUnavailable)
    }

    @Test("are JSON", arguments: ["", "<html>", "[]", "{}", #"{"issuer":1,"jwks_uri":"https://a.example"}"#])
    func form(_ text: String) throws {
        let location = ProviderLocation(issuer: try #require(WebOrigin("https://a.example")))
        let error = #expect(throws: ConnectorError.self) {
            try ProviderMetadata(reading: Array(text.utf8), of: location)
        }
        #expect(error?.code == .upstreamUnavailable)
    }
}
