import BridgeCore
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("The URL of an environment")
struct EnvironmentURLTests {
    struct Accepted: Sendable, CustomTestStringConvertible {
        let text: String
        let url: String
        let region: String?

        var testDescription: String { text }

        init(_ text: String, _ url: String, _ region: String? = "crm4.dynamics.com") {
            (self.text, self.url, self.region) = (text, url, region)
        }
    }

    private static let acme = "https://acme.crm4.dynamics.com"

    static let accepted = [
        Accepted("https://acme.crm4.dynamics.com", acme),
        // S2-7, S3-28: no slash, no path.
        Accepted("https://acme.crm4.dynamics.com/", acme),
        Accepted("https://acme.crm4.dynamics.com//", acme),
        // S3-29: pasted from the address bar.
        Accepted("https://acme.crm4.dynamics.com/main.aspx?appid=1b4&pagetype=entitylist#x", acme),
        Accepted("https://acme.crm4.dynamics.com?a=b", acme), Accepted("https://acme.crm4.dynamics.com#a", acme),
        Accepted("acme.crm4.dynamics.com", acme), Accepted("acme.crm4.dynamics.com/main.aspx", acme),
        Accepted("HTTPS://Acme.CRM4.Dynamics.com", acme), Accepted("  <https://acme.crm4.dynamics.com>\n", acme),
        Accepted("\"https://acme.crm4.dynamics.com\"", acme), Accepted("https://acme.crm4.dynamics.com:443/", acme),
        Accepted("https://acme.api.crm4.dynamics.com/api/data/v9.2/", acme),
        Accepted("https://api.crm4.dynamics.com", "https://api.crm4.dynamics.com"),
        Accepted("https://a-b-1.crm.dynamics.com", "https://a-b-1.crm.dynamics.com", "crm.dynamics.com"),
        Accepted("https://acme.crm9.dynamics.com", "https://acme.crm9.dynamics.com", "crm9.dynamics.com"),
        // S3-32: other clouds.
        Accepted(
            "https://acme.crm.microsoftdynamics.us/x", "https://acme.crm.microsoftdynamics.us",
            "crm.microsoftdynamics.us"),
        Accepted("https://acme.crm.appsplatform.us", "https://acme.crm.appsplatform.us", "crm.appsplatform.us"),
        Accepted("https://acme.crm.dynamics.cn", "https://acme.crm.dynamics.cn", "crm.dynamics.cn"),
        // Allowed by the operator, at any port or at one.
        Accepted("https://dataverse.example:8443/x", "https://dataverse.example:8443", nil),
        Accepted("https://one.example:444", "https://one.example:444", nil),
        Accepted("https://acme.crm99.dynamics.com", "https://acme.crm99.dynamics.com", nil),
    ]

    private static let rules = EnvironmentRules(
        allowedHosts: HostList(
            ["dataverse.example", "one.example:444", "acme.crm99.dynamics.com"].compactMap(HostList.entry)))

    @Test("is what an administrator copied, cut to the origin (S2-6, S2-7, S3-28 to S3-30)", arguments: accepted)
    func accepts(row: Accepted) throws {
        let environment = try EnvironmentURL(row.text, rules: Self.rules)
        #expect(environment.text == row.url)
        #expect(environment.region?.host == row.region)
        // The scope's prefix, without a second slash (S3-30).
        #expect(TokenResource(environment.text).defaultScope == row.url + "/.default")
        // What was stored is read again as what it is.
        #expect(try EnvironmentURL(environment.text, rules: Self.rules) == environment)
    }

    @Test("is split into organization and region (S4-15)")
    func split() throws {
        for region in DataverseRegion.all {
            let environment = try EnvironmentURL("yourorg.\(region.host)", rules: EnvironmentRules())
            #expect(environment.organization == "yourorg" && environment.region == region)
        }
        #expect(DataverseRegion.all.count == 23)
    }

    @Test(
        "is refused with what it is instead",
        arguments: [
            ("", "is empty"), (" \n", "is empty"), ("http://acme.crm4.dynamics.com", "begins with http://"),
            ("ftp://acme.crm4.dynamics.com", "begins with \"ftp\""), ("https://", "is no host"),
            ("https:///x", "is no host"), ("acme", "none of Dynamics 365's hosts"),
            ("acme..crm4.dynamics.com", "is no host"),
            ("acme.crm4.dynamics.com.", "is no host"), ("https://*.crm4.dynamics.com", "is no host"),
            ("https://ann@acme.crm4.dynamics.com", "names a user"),
            ("https://acme.crm4.dynamics.com@evil.example", "names a user"),
            ("https://evil.example\\@acme.crm4.dynamics.com", "another character of no URL"),
            ("https://ac me.crm4.dynamics.com", "another character of no URL"),
            ("https://ácme.crm4.dynamics.com", "another character of no URL"),
            ("https://acme.crm4.dynamics.com:8443", "names the port 8443"),
            ("https://acme.crm4.dynamics.com:0", "is no host"),
            // S4-14, S4-15: the region alone.
            ("crm4.dynamics.com", "names the region Europe alone"),
            ("https://crm.dynamics.com/", "names the region North America alone"),
            ("https://globaldisco.crm.dynamics.com", "a service of the region"),
            ("https://a.b.crm4.dynamics.com", "a service of the region"),
            // S4-16: with the list of those that are known.
            ("https://acme.crm99.dynamics.com", "no region that is known; known are crm.dynamics.com, crm2"),
            ("https://acme.crm04.dynamics.com", "no region that is known"),
            ("https://acme.crmx.dynamics.com", "no region that is known"),
            ("https://acme.dynamics.com", "no region that is known"),
            ("https://acme.crm4.dynamics.cn", "no region that is known"),
            ("https://acme.crm4.dynamics.com.evil.example", "none of Dynamics 365's hosts"),
            ("https://acme.crm4.dynamics.community", "none of Dynamics 365's hosts"),
            ("https://evilcrm4.dynamics.com", "no region that is known"),
            ("https://acme-crm4.dynamics.com.example", "none of Dynamics 365's hosts"),
            ("https://acme.crm.microsoftdynamics.de", "closed on 29 October 2021"),
            ("https://make.powerapps.com/environments", "the portal of Power Apps"),
            ("https://admin.powerplatform.microsoft.com", "an administration center"),
            ("https://acme.operations.dynamics.com", "Finance and Operations"),
            ("https://127.0.0.1", "none of Dynamics 365's hosts"), ("https://[::1]", "none of Dynamics 365's hosts"),
            ("http://127.0.0.1:9000", "begins with http://"),
            ("https://169.254.169.254", "none of Dynamics 365's hosts"),
            ("javascript:alert(1)", "is no host"), ("https://one.example:445", "names the port 445"),
        ])
    func refuses(text: String, problem: String) throws {
        let rules = EnvironmentRules(allowedHosts: HostList(["one.example:444"].compactMap(HostList.entry)))
        let error = try #require(throws: ConnectorError.self) { try EnvironmentURL(text, rules: rules) }
        #expect(error.code == .configurationInvalid)
        #expect(error.detail.contains(problem), "\(error.detail)")
        #expect(error.hint?.isEmpty == false && error.fixedBy != nil)
    }

    @Test("of a simulator on this machine is taken where the operator allows that, and nothing else over http")
    func loopback() throws {
        let rules = EnvironmentRules(allowsInsecureLoopback: true)
        for text in ["http://127.0.0.1:9000", "http://localhost:9000/x", "http://[::1]:9000"] {
            #expect(try EnvironmentURL(text, rules: rules).origin.isLoopback)
        }
        for text in [
            "http://127.0.0.2", "http://192.168.0.1", "http://127.0.0.1.example", "http://acme.crm.dynamics.com",
        ] {
            #expect(throws: ConnectorError.self) { try EnvironmentURL(text, rules: rules) }
        }
    }

    @Test(
        "has the authority and the discovery service of its cloud (S3-32, S4-17, S4-18)",
        arguments: [
            ("a.crm4.dynamics.com", "https://login.microsoftonline.com", "https://globaldisco.crm.dynamics.com"),
            ("a.crm9.dynamics.com", "https://login.microsoftonline.com", "https://globaldisco.crm9.dynamics.com"),
            (
                "a.crm.microsoftdynamics.us", "https://login.microsoftonline.us",
                "https://globaldisco.crm.microsoftdynamics.us"
            ),
            ("a.crm.appsplatform.us", "https://login.microsoftonline.us", "https://globaldisco.crm.appsplatform.us"),
            ("a.crm.dynamics.cn", "https://login.partner.microsoftonline.cn", "https://globaldisco.crm.dynamics.cn"),
        ])
    func clouds(host: String, authority: String, discovery: String) throws {
        let rules = EnvironmentRules()
        let environment = try EnvironmentURL(host, rules: rules)
        #expect("\(rules.authority(of: environment).origin)" == authority)
        let cloud = try #require(environment.region?.cloud)
        #expect("\(rules.discovery(of: cloud))" == discovery)
    }

    @Test("outside the known domains has the configured authority, and a configured one counts for all")
    func configuredAuthority() throws {
        let hosts = HostList(["dataverse.example"].compactMap(HostList.entry))
        let standard = EnvironmentRules(allowedHosts: hosts)
        let foreign = try EnvironmentURL("https://dataverse.example", rules: standard)
        #expect("\(standard.authority(of: foreign).origin)" == "https://login.microsoftonline.com")
        let origin = try #require(WebOrigin("https://entra.example"))
        let own = EnvironmentRules(allowedHosts: hosts, authority: EntraAuthority(origin), discovery: origin)
        for text in ["https://dataverse.example", "https://a.crm.dynamics.cn"] {
            #expect(own.authority(of: try EnvironmentURL(text, rules: own)).origin == origin)
        }
        #expect(own.discovery(of: .gcc) == origin)
    }
}
