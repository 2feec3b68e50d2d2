import BridgeCore
import Connectors
import HTTPMessage
import Testing

@testable import BridgeService

@Suite("The operator's settings for Dynamics 365")
struct DynamicsConfigurationTests {
    private static let id = "72f988bf-86f1-41af-91ab-2d7cd011db47"

    private static func problems(_ environment: [String: String]) throws -> [String] {
        try #require(throws: ConfigurationError.self) { try Configuration.read(environment: environment) }
            .problems.map(\.detail)
    }

    @Test("are no registration where none is set, and half of one is named (S0-30, S0-31, S0-33)")
    func registration() throws {
        #expect(try Configuration.read().dynamics.operatorClient == nil)
        let whole = try Configuration.read(
            environment: ["dynamics__client_id": Self.id, "dynamics__client_secret": "s3cret"])
        #expect(whole.dynamics.operatorClient?.clientID == GUID(Self.id))
        let file = try Configuration.read(
            environment: ["dynamics__client_id": Self.id, "dynamics__client_secret_file": "/s"],
            readFile: { _ in "s3cret\n" })
        guard case .secret(let secret)? = file.dynamics.operatorClient?.credential else {
            Issue.record("there is no secret")
            return
        }
        #expect(secret.withBytes { span in span.indices.map { span[$0] } } == Array("s3cret".utf8))
        #expect(
            try Self.problems(["dynamics__client_id": Self.id])
                == ["dynamics__client_secret: is missing: the registration needs its id and a client secret"])
        #expect(
            try Self.problems(["dynamics__client_secret": "s3cret"])
                == ["dynamics__client_id: is missing: the registration needs its id and a client secret"])
        #expect(
            try Self.problems(["dynamics__client_id": "Cobrowse.io", "dynamics__client_secret": "s3cret"])
                == ["dynamics__client_id: \"Cobrowse.io\" is no GUID"])
    }

    @Test("say which environments may be connected, and where they sign in")
    func environments() throws {
        let rules = try Configuration.read(
            environment: [
                "dynamics__allowed_hosts": "dataverse.example, 127.0.0.1", "allow_insecure_loopback": "true",
                "dynamics__authority_url": "http://127.0.0.1:9000",
            ]
        ).dynamics.environments
        for url in ["https://dataverse.example:8443", "http://127.0.0.1:9001", "https://acme.crm4.dynamics.com"] {
            let environment = try EnvironmentURL(url, rules: rules)
            #expect("\(rules.authority(of: environment).origin)" == "http://127.0.0.1:9000")
        }
        #expect(throws: ConnectorError.self) { try EnvironmentURL("https://other.example", rules: rules) }
        let standard = try Configuration.read().dynamics.environments
        #expect(throws: ConnectorError.self) { try EnvironmentURL("http://127.0.0.1:9001", rules: standard) }
        #expect(standard.discovery == nil)
    }

    @Test("let no token go to a host that only Salesforce's setting names, and the other way round")
    func hostsOfTheOther() throws {
        let configuration = try Configuration.read(
            environment: ["salesforce__allowed_hosts": "org.example", "dynamics__allowed_hosts": "crm.example"])
        let rules = configuration.dynamics.environments
        #expect(throws: ConnectorError.self) { try EnvironmentURL("https://org.example", rules: rules) }
        #expect(try EnvironmentURL("https://crm.example", rules: rules).text == "https://crm.example")
        let (org, crm) = (
            try #require(WebOrigin("https://org.example")), try #require(WebOrigin("https://crm.example"))
        )
        #expect(configuration.salesforce.hosts.allows(org) && !configuration.salesforce.hosts.allows(crm))
        #expect(configuration.privateHosts.contains(org) && configuration.privateHosts.contains(crm))
    }
}
