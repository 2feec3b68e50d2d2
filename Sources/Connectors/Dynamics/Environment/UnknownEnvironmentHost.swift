internal import BridgeCore

/// What a host that is no environment most likely is.
enum UnknownEnvironmentHost {
    /// Names in front of a region that are services of Microsoft's and no organizations.
    static let services: Set<String> = ["globaldisco", "disco"]

    /// The problem in the words of whoever copied the host.
    static func problem(_ host: String) -> ConnectorError {
        if let region = DataverseRegion(host: host) {
            return .environment(
                "names the region \(region.name) alone", hint: "put the organization in front: https://yourorg.\(host)")
        }
        if let region = DataverseRegion.all.first(where: { host.hasSuffix(".\($0.host)") }) {
            return .environment(
                "\(quoted(host)) is no organization of \(region.name), but a service of the region",
                hint: EnvironmentURL.example)
        }
        if host.hasSuffix(".crm.microsoftdynamics.de") {
            return .environment(
                "lies in Microsoft's old German cloud, which was closed on 29 October 2021",
                hint: "copy the address that the environment has since")
        }
        if let page = pages.first(where: { host == $0.host || host.hasSuffix(".\($0.host)") }) {
            return .environment("\(quoted(host)) is \(page.what), not an environment", hint: EnvironmentURL.example)
        }
        return ["dynamics.com", "microsoftdynamics.us", "appsplatform.us", "dynamics.cn"]
            .contains { host.hasSuffix(".\($0)") } ? unknownRegion(host) : foreign(host)
    }

    private static let pages = [
        (host: "powerapps.com", what: "the portal of Power Apps"),
        (host: "powerplatform.microsoft.com", what: "an administration center"),
        (host: "operations.dynamics.com", what: "Finance and Operations"),
    ]

    private static func unknownRegion(_ host: String) -> ConnectorError {
        .environment(
            "\(quoted(host)) lies in no region that is known; known are \(DataverseRegion.knownHosts)",
            hint:
                "check the number after crm; if Microsoft has opened a region since, the operator of the bridge adds the "
                + "host to dynamics__allowed_hosts")
    }

    private static func foreign(_ host: String) -> ConnectorError {
        .environment(
            "\(quoted(host)) is none of Dynamics 365's hosts",
            hint: EnvironmentURL.example
                + "; the operator of the bridge can allow another host: dynamics__allowed_hosts",
            fixedBy: .bridgeOperator)
    }
}
