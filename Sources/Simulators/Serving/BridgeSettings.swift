import BridgeCore

/// What a bridge needs to know to use the stand-ins: its settings, and what connects a tenant to an environment or an org.
package struct BridgeSettings: Sendable {
    /// Names and values of settings, in their order.
    package let settings: [(name: String, value: String)]
    package let connections: [Connection]
    package let orgs: [OrgConnection]

    /// A client that works, and the environment it reads.
    package struct Connection: Sendable {
        package let environment: String
        package let environmentURL: String
        package let tenantID: String
        package let clientID: String
        package let clientSecret: String
    }

    /// An app that works, and the org it reads.
    package struct OrgConnection: Sendable {
        package let org: String
        /// The My Domain.
        package let loginURL: String
        package let consumerKey: String
        package let consumerSecret: String
        /// Where the app's private key can be had.
        package let keyURL: String
        /// The username of the integration user.
        package let integrationUsername: String
        package let organizationID: String
    }

    /// - Parameter certificateFile: the root that a bridge has to trust; `nil` for http.
    package init(_ simulator: Simulator, certificateFile: String?) {
        let sites = simulator.sites
        let connections = simulator.withWorld { Self.connections($0.population, sites) }
        self.connections = connections
        orgs = simulator.withWorld { world in world.population.orgs.compactMap { Self.connection($0, sites) } }
        let transport =
            certificateFile.map { [("tls__ca_file", $0)] } ?? [("allow_insecure_loopback", "true")]
        let bridge = simulator.bridgeURL.map { [("public_url", $0)] } ?? []
        let places = bridge + [("cobrowse_api", sites[.control])]
        let hosts = [("dynamics__allowed_hosts", Self.host(of: sites[.entra]))]
        let client = connections.first.map {
            [("dynamics__client_id", $0.clientID), ("dynamics__client_secret", $0.clientSecret)]
        }
        settings =
            transport + places + [
                ("dynamics__authority_url", sites[.entra]), ("dynamics__discovery_url", sites[.discovery]),
            ]
            + hosts + (client ?? [])
            + (orgs.isEmpty
                ? []
                : [
                    ("salesforce__login_url", sites[.salesforceLogin]),
                    ("salesforce__allowed_hosts", Self.host(of: sites[.salesforceLogin])),
                ])
    }

    /// The first app of the org with a key that the stand-in has, and a user it runs as.
    private static func connection(_ org: Org, _ sites: SiteMap) -> OrgConnection? {
        for app in org.apps where app.hasGeneratedKey {
            guard let user = app.runAs.flatMap({ org.users.user($0) }) else { continue }
            return OrgConnection(
                org: org.name, loginURL: sites[.salesforce(org.name)], consumerKey: app.consumerKey,
                consumerSecret: app.consumerSecret,
                keyURL: "\(sites[.control])/simulator/orgs/\(org.name)/connectedApps/\(app.name)/key",
                integrationUsername: user.username, organizationID: org.id)
        }
        return nil
    }

    /// Of each environment, the first client with an application user and a secret.
    private static func connections(_ population: Population, _ sites: SiteMap) -> [Connection] {
        population.environments.compactMap { environment in
            let client = population.clients.first { client in
                environment.users.place(ofApplicationID: client.id) != nil && !client.secrets.isEmpty
            }
            guard let client, let tenant = population.tenant(named: environment.tenant) else { return nil }
            return Connection(
                environment: environment.name, environmentURL: sites[.dataverse(environment.name)],
                tenantID: tenant.id.value, clientID: client.id.value, clientSecret: client.secrets[0].value)
        }
    }

    private static func host(of origin: String) -> String {
        let authority = origin.drop { $0 != "/" }.dropFirst(2)
        return String(authority[..<(authority.lastIndex(of: ":") ?? authority.endIndex)])
    }
}
