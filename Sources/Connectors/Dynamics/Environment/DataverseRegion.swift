package import BridgeCore

/// A region of Dynamics 365: the domain that its environments share, and the cloud it lies in.
///
/// The list is Microsoft's "Datacenter regions", with those that lie outside it from the discovery service's answers.
package struct DataverseRegion: Sendable, Hashable {
    /// For people: `Europe`.
    package let name: String
    /// What stands behind the name of the organization: `crm4.dynamics.com`.
    package let host: String
    package let cloud: DataverseCloud

    /// The region of that host, in lower case.
    package init?(host: some StringProtocol) {
        guard let region = Self.all.first(where: { $0.host == host }) else { return nil }
        self = region
    }

    private init(_ name: String, _ host: String, _ cloud: DataverseCloud = .commercial) {
        self.name = name
        self.host = host
        self.cloud = cloud
    }

    /// All of them.
    package static let all = [
        DataverseRegion("North America", "crm.dynamics.com"), DataverseRegion("South America", "crm2.dynamics.com"),
        DataverseRegion("Canada", "crm3.dynamics.com"), DataverseRegion("Europe", "crm4.dynamics.com"),
        DataverseRegion("Asia Pacific", "crm5.dynamics.com"), DataverseRegion("Oceania", "crm6.dynamics.com"),
        DataverseRegion("Japan", "crm7.dynamics.com"), DataverseRegion("India", "crm8.dynamics.com"),
        DataverseRegion("US Government GCC", "crm9.dynamics.com", .gcc),
        DataverseRegion("Microsoft's tests", "crm10.dynamics.com"),
        DataverseRegion("United Kingdom", "crm11.dynamics.com"), DataverseRegion("France", "crm12.dynamics.com"),
        DataverseRegion("South Africa", "crm14.dynamics.com"),
        DataverseRegion("United Arab Emirates", "crm15.dynamics.com"),
        DataverseRegion("Germany", "crm16.dynamics.com"), DataverseRegion("Switzerland", "crm17.dynamics.com"),
        DataverseRegion("Norway", "crm19.dynamics.com"), DataverseRegion("Singapore", "crm20.dynamics.com"),
        DataverseRegion("South Korea", "crm21.dynamics.com"), DataverseRegion("Sweden", "crm22.dynamics.com"),
        DataverseRegion("US Government GCC High", "crm.microsoftdynamics.us", .gccHigh),
        DataverseRegion("US Department of Defense", "crm.appsplatform.us", .dod),
        DataverseRegion("China (21Vianet)", "crm.dynamics.cn", .china),
    ]

    /// The hosts, for a message.
    static let knownHosts = all.map(\.host).joined(separator: ", ")
}

/// One of the clouds that Dynamics 365 runs in, each with a Global Discovery Service of its own.
package enum DataverseCloud: String, Sendable, Hashable, CaseIterable {
    case commercial, gcc, gccHigh, dod, china

    /// The cloud of those who sign in at `authority`, as far as that tells: GCC is not told from its commercial cloud, nor
    /// DoD from GCC High.
    init(at authority: EntraAuthority) {
        switch EntraCloud.allCases.first(where: { $0.authority == authority }) {
        case .usGovernment: self = .gccHigh
        case .china: self = .china
        case .global, nil: self = .commercial
        }
    }

    /// The Global Discovery Service; it answers for all regions of its cloud, and for none of another.
    package var discovery: WebOrigin {
        switch self {
        case .commercial: WebOrigin(https: "globaldisco.crm.dynamics.com")
        case .gcc: WebOrigin(https: "globaldisco.crm9.dynamics.com")
        case .gccHigh: WebOrigin(https: "globaldisco.crm.microsoftdynamics.us")
        case .dod: WebOrigin(https: "globaldisco.crm.appsplatform.us")
        case .china: WebOrigin(https: "globaldisco.crm.dynamics.cn")
        }
    }
}
