import AuthService
import BridgeCore
import Connectors
import Testing

@testable import BridgeService

@Suite("The operator's settings for Salesforce")
struct SalesforceConfigurationTests {
    private static func problems(_ environment: [String: String]) throws -> [String] {
        try #require(throws: ConfigurationError.self) { try Configuration.read(environment: environment) }
            .problems.map(\.detail)
    }

    @Test("are no app where none is set, and half of one is named")
    func app() throws {
        let none = try Configuration.read()
        #expect(none.salesforce.operatorClient == nil && none.operatorClientID(.salesforce) == nil)
        #expect(none.salesforce.standardLogin == "https://login.salesforce.com")
        let whole = try Configuration.read(
            environment: ["salesforce__client_id": "3MVG9k", "salesforce__client_secret_file": "/s"],
            readFile: { _ in "s3cret\n" })
        let client = try #require(whole.salesforce.operatorClient)
        #expect(client.clientID == "3MVG9k" && whole.operatorClientID(.salesforce) == "3MVG9k")
        #expect(client.secret.withBytes { span in span.indices.map { span[$0] } } == Array("s3cret".utf8))
        #expect(
            try Self.problems(["salesforce__client_id": "3MVG9k"])
                == ["salesforce__client_secret: is missing: the connected app needs its consumer key and its secret"])
        #expect(
            try Self.problems(["salesforce__client_secret": "s3cret"])
                == ["salesforce__client_id: is missing: the connected app needs its consumer key and its secret"])
    }

    @Test(
        "name an app by its Consumer Key and by nothing else, and repeat nothing of it",
        arguments: [
            (String(repeating: "AB12", count: 16), "has the form of a Consumer Secret"),
            ("7123456789012345678", "has the form of a Consumer Secret"), ("ann@acme.example", "is a username"),
            ("8d8d8d8d-1111-4222-8333-444455556666", "is a GUID"), ("0H4000000000001", "is the id of a record"),
            ("s3cr3t/with+signs=", "is no Consumer Key"),
        ])
    func consumerKey(text: String, says: String) throws {
        let problems = try Self.problems(["salesforce__client_id": text, "salesforce__client_secret": "3MVG9key"])
        #expect(
            problems.count == 1 && problems.first?.contains("salesforce__client_id: \(says)") == true, "\(problems)")
        #expect(problems.allSatisfy { !$0.contains(text) && !$0.contains("3MVG9key") })
    }

    @Test("say where people sign in, and which hosts may be sent tokens")
    func login() throws {
        let setup = try Configuration.read(
            environment: [
                "salesforce__login_url": "https://acme.my.salesforce.com", "salesforce__allowed_hosts": "org.example",
            ]
        ).salesforce
        #expect(setup.standardLogin == "https://acme.my.salesforce.com")
        #expect(setup.hosts.allows(try #require(WebOrigin("https://org.example:8443"))))
        #expect(!setup.hosts.allows(try #require(WebOrigin("http://127.0.0.1:9000"))))
        let loopback = try Configuration.read(
            environment: ["salesforce__login_url": "http://127.0.0.1:9000", "allow_insecure_loopback": "true"]
        ).salesforce
        #expect(loopback.hosts.allows(try #require(WebOrigin("http://127.0.0.1:9000"))))
        for url in ["https://login.example.com", "https://na139.salesforce.com"] {
            #expect(
                try Self.problems(["salesforce__login_url": url]).first?.hasPrefix("salesforce__login_url: ") == true)
        }
    }
}
