internal import BridgeCore
internal import Simulators

/// What `simulate` says once it listens: settings and commands to copy.
struct SimulatorReport {
    private let sites: SiteMap
    private let settings: BridgeSettings
    /// How curl is called, which has to trust the certificate, too.
    private let curl: String

    init(_ simulator: Simulator, certificateFile: String?) {
        sites = simulator.sites
        settings = BridgeSettings(simulator, certificateFile: certificateFile)
        curl = certificateFile.map { "curl --cacert \($0)" } ?? "curl"
    }

    func show(_ context: CommandContext) {
        if context.wantsJSON {
            context.output.json(write)
        } else {
            for line in lines { context.output.print(line) }
        }
    }

    private var lines: [String] {
        var lines = ["# People, faults and what was asked: \(sites[.control])/", "", "# Settings of the bridge:"]
        lines += settings.settings.map { "\($0.name)=\($0.value)" }
        for (index, connection) in settings.connections.enumerated() {
            lines += ["", "# Connect a tenant with the environment \(connection.environment):"]
            lines += Self.commands(connection, isFirst: index == 0)
        }
        for (index, org) in settings.orgs.enumerated() {
            lines += ["", "# Connect a tenant with the org \(org.org):"]
            lines += commands(org, isFirst: index == 0)
        }
        lines += [
            "", "# Every browser is Ben's from now on, who need not choose who signs in:",
            "\(curl) -d '{\"signedIn\":\"ben\"}' \(sites[.control])/simulator/settings",
            "", "# Let the next request for a token fail, its secret having expired:",
            "\(curl) -d '{\"name\":\"token.AADSTS7000222\"}' \(sites[.control])/simulator/faults", "",
            "# Runs until SIGINT (Ctrl-C) or SIGTERM.",
        ]
        return lines
    }

    /// A sign-in that names no connection takes the one without a name.
    private static func commands(_ connection: BridgeSettings.Connection, isFirst: Bool) -> [String] {
        let name = isFirst ? "" : "--connection \(connection.environment) "
        return [
            "(umask 077; printf %s '\(connection.clientSecret)' > \(connection.environment).secret)",
            """
            cobrowse-sso dynamics save --license trial12345 \(name)\
            --tenant-id \(connection.tenantID) --client-id \(connection.clientID) \
            --client-secret-file \(connection.environment).secret --environment-url \(connection.environmentURL)
            """,
        ]
    }

    private func commands(_ org: BridgeSettings.OrgConnection, isFirst: Bool) -> [String] {
        let name = isFirst ? "" : "--connection \(org.org) "
        return [
            "(umask 077; printf %s '\(org.consumerSecret)' > \(org.org).secret; \(curl) -s \(org.keyURL) > \(org.org).key)",
            """
            cobrowse-sso salesforce save --license trial12345 \(name)\
            --login-url \(org.loginURL) --client-id \(org.consumerKey) \
            --client-secret-file \(org.org).secret --client-key-file \(org.org).key \
            --integration-username \(org.integrationUsername) --organization-id \(org.organizationID)
            """,
        ]
    }

    private func write(_ writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("sites")
            writer.object { writer in for site in sites.sites { writer.member(site.name, sites[site]) } }
            writer.name("settings")
            writer.object { writer in for setting in settings.settings { writer.member(setting.name, setting.value) } }
            writer.name("connections")
            writer.array { writer in
                for connection in settings.connections {
                    writer.object { writer in
                        writer.member("environment", connection.environment)
                        writer.member("environmentUrl", connection.environmentURL)
                        writer.member("tenantId", connection.tenantID)
                        writer.member("clientId", connection.clientID)
                        writer.member("clientSecret", connection.clientSecret)
                    }
                }
            }
            writer.name("orgs")
            writer.array { writer in for org in settings.orgs { Self.write(org, to: &writer) } }
        }
    }

    private static func write(_ org: BridgeSettings.OrgConnection, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("org", org.org)
            writer.member("loginUrl", org.loginURL)
            writer.member("clientId", org.consumerKey)
            writer.member("clientSecret", org.consumerSecret)
            writer.member("keyUrl", org.keyURL)
            writer.member("integrationUsername", org.integrationUsername)
            writer.member("organizationId", org.organizationID)
        }
    }
}
