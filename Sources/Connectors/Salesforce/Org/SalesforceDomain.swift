internal import HTTPMessage

/// The domains of Salesforce whose hosts may be sent a bearer token, and what an org's own host is called there.
///
/// "My Domain URL Formats", Salesforce Help: `acme.my.salesforce.com`, of a sandbox `acme--uat.sandbox.my.salesforce.com`.
enum SalesforceDomain: CaseIterable {
    case commercial, defense

    /// What instances and logins lie below.
    var root: String {
        switch self {
        case .commercial: "salesforce.com"
        case .defense: "salesforce.mil"
        }
    }

    /// What stands behind the name of an org.
    var myDomain: String { "my.\(root)" }

    /// Where the pages of an org lie, which an administrator has before him and may copy: each has the org's name in front,
    /// as its My Domain does.
    var pages: [String] {
        switch self {
        case .commercial: ["lightning.force.com", "my.salesforce-setup.com"]
        case .defense: ["lightning.crmforce.mil", "my.salesforce-setup.mil"]
        }
    }

    /// Where Visualforce pages lie, each package's below a name of its own.
    var visualforce: String {
        switch self {
        case .commercial: "vf.force.com"
        case .defense: "vf.crmforce.mil"
        }
    }

    /// Where the people of a sandbox sign in, which have no address of their own yet.
    var sandboxLogin: String { "test.\(root)" }

    /// Where everybody else does.
    var productionLogin: String { "login.\(root)" }

    /// Hosts below a root that belong to no org: they show pages to people, or are Salesforce's own.
    static let foreignNames: Set<String> = [
        "www", "help", "developer", "trailhead", "status", "trust", "welcome", "my",
    ]

    /// The one of a host in lower case.
    init?(of host: String) {
        guard let domain = Self.allCases.first(where: { host.hasSuffix(".\($0.root)") }) else { return nil }
        self = domain
    }
}
