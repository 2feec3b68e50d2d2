import AuthService
import BridgeCore
import Connectors
import HTTPMessage
import Testing

@Suite("The address of a Salesforce login")
struct SalesforceLoginTests {
    private static let hosts = SalesforceHosts(
        allowedHosts: HostList([HostList.entry("crm.acme.example")].compactMap(\.self)))

    @Test(
        "is read as it was copied",
        arguments: [
            ("https://login.salesforce.com", "https://login.salesforce.com"),
            ("login.salesforce.com/", "https://login.salesforce.com"),
            ("https://test.salesforce.com/?un=a", "https://test.salesforce.com"),
            ("https://ACME.my.salesforce.com/lightning/page/home", "https://acme.my.salesforce.com"),
            ("\"https://acme.my.salesforce.com\"", "https://acme.my.salesforce.com"),
            ("https://acme--uat.sandbox.my.salesforce.com", "https://acme--uat.sandbox.my.salesforce.com"),
            ("https://acme-dev-ed.develop.my.salesforce.com", "https://acme-dev-ed.develop.my.salesforce.com"),
            ("https://acme.lightning.force.com/lightning/setup/SetupOneHome/home", "https://acme.my.salesforce.com"),
            (
                "https://acme--uat.sandbox.lightning.force.com/x",
                "https://acme--uat.sandbox.my.salesforce.com"
            ),
            ("https://acme.my.salesforce-setup.com/lightning/setup/x", "https://acme.my.salesforce.com"),
            ("https://acme.my.salesforce.mil", "https://acme.my.salesforce.mil"),
            ("https://login.salesforce.com:443", "https://login.salesforce.com"),
            ("https://crm.acme.example/", "https://crm.acme.example"),
        ])
    func read(text: String, expected: String) throws {
        #expect(try SalesforceLogin(text, hosts: Self.hosts).text == expected)
    }

    @Test(
        "is refused with what it is instead",
        arguments: [
            ("", "is empty"), ("http://acme.my.salesforce.com", "begins with http://"),
            ("ftp://acme.my.salesforce.com", "begins with"), ("https://acme.my.salesforce.com:8443", "names the port"),
            ("https://user@acme.my.salesforce.com", "names a user"), ("https://acme", "none of Salesforce's"),
            ("https://my.salesforce.com", "lacks the name"), ("https://www.salesforce.com", "site of Salesforce's"),
            ("https://na139.salesforce.com", "many orgs share"), ("https://acme.my.site.com", "Experience Cloud"),
            ("https://acme--c.vf.force.com", "Visualforce"), ("https://evil-my.salesforce.com.example", "none of"),
            ("https://acme.my.salesforce.com.evil.example", "none of Salesforce's"),
            ("https://salesforce.com", "none of Salesforce's"), ("https://a b.my.salesforce.com", "no URL"),
            ("https://a..my.salesforce.com", "no host"), ("https://a.b.c.my.salesforce.com", "many orgs"),
            ("http://127.0.0.1:8091", "begins with http://"),
        ])
    func refused(text: String, problem: String) throws {
        let error = #expect(throws: ConnectorError.self) { try SalesforceLogin(text, hosts: Self.hosts) }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.detail.contains(problem) == true, "\(error?.detail ?? "")")
        #expect(error?.hint != nil && error?.fixedBy != nil)
    }

    @Test(
        "says what assertions are meant for, and whether it is one org's own",
        arguments: [
            ("https://login.salesforce.com", "https://login.salesforce.com", false),
            ("https://test.salesforce.com", "https://test.salesforce.com", false),
            ("https://acme.my.salesforce.com", "https://login.salesforce.com", true),
            ("https://acme-dev-ed.develop.my.salesforce.com", "https://login.salesforce.com", true),
            ("https://acme--uat.sandbox.my.salesforce.com", "https://test.salesforce.com", true),
            ("https://acme--uat.my.salesforce.com", "https://test.salesforce.com", true),
            ("https://crm.acme.example", "https://crm.acme.example", true),
        ])
    func audience(text: String, audience: String, isOwn: Bool) throws {
        let login = try SalesforceLogin(text, hosts: Self.hosts)
        #expect(login.audience == audience && login.isOrgsOwn == isOwn)
        let isMyDomain = text.hasSuffix(".my.salesforce.com")
        let all = ["https://login.salesforce.com", "https://test.salesforce.com", text]
        #expect(Set([login.audience] + login.otherAudiences) == (isMyDomain ? Set(all) : [text]))
        #expect(login.otherAudiences.last == (isMyDomain ? text : nil))
        #expect(login.tokenURL.text == "\(login.text)/services/oauth2/token")
    }

    @Test(
        "is one of the hosts that may be sent tokens, as instances are",
        arguments: [
            ("https://acme.my.salesforce.com", true), ("https://login.salesforce.com", true),
            ("https://na139.salesforce.com", true), ("https://acme--uat.sandbox.my.salesforce.com", true),
            ("https://crm.acme.example", true), ("https://crm.acme.example:8443", true),
            ("https://salesforce.com", false), ("https://www.salesforce.com", false),
            ("http://acme.my.salesforce.com", false), ("https://acme.my.salesforce.com:8443", false),
            ("https://acme.my.salesforce.com.evil.example", false), ("https://notsalesforce.com", false),
            ("https://acme.lightning.force.com", false), ("http://127.0.0.1:8091", false),
        ])
    func hosts(text: String, isAllowed: Bool) throws {
        #expect(Self.hosts.allows(try #require(WebOrigin(text))) == isAllowed)
    }

    @Test("may be this machine where the operator says so, and then alone without TLS")
    func loopback() throws {
        let hosts = SalesforceHosts(allowsInsecureLoopback: true)
        #expect(try SalesforceLogin("http://127.0.0.1:8091/x", hosts: hosts).text == "http://127.0.0.1:8091")
        #expect(throws: ConnectorError.self) { try SalesforceLogin("http://acme.example", hosts: hosts) }
    }

    @Test(
        "is followed to identities of orgs and users, and nothing else",
        arguments: [
            ("https://login.salesforce.com/id/00D8Z000000btHhUAI/0058Z000000A1bcQAC", true),
            ("https://login.salesforce.com/id/00D8Z000000btHh/0058Z000000A1bc", true),
            ("https://evil.example/id/00D8Z000000btHhUAI/0058Z000000A1bcQAC", false),
            ("http://login.salesforce.com/id/00D8Z000000btHhUAI/0058Z000000A1bcQAC", false),
            ("https://login.salesforce.com/id/0058Z000000A1bcQAC/00D8Z000000btHhUAI", false),
            ("https://login.salesforce.com/id/00D8Z000000btHhUAI", false),
            ("https://login.salesforce.com/id/00D8Z000000btHhUAI/0058Z000000A1bcQAC/x", false),
            ("https://login.salesforce.com/id/00D8Z000000btHhUAJ/0058Z000000A1bcQAC", false),
        ])
    func identity(text: String, isOne: Bool) {
        let identity = SalesforceIdentity(text, hosts: SalesforceHosts())
        #expect((identity != nil) == isOne)
        if isOne { #expect(identity?.organizationID.value == "00D8Z000000btHhUAI") }
    }
}
