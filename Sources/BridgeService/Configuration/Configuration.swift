package import AuthService
package import BridgeCore
package import Connectors
package import HTTPMessage

/// The configuration of a service, read, judged and typed.
package struct Configuration: Sendable {
    package var listen: ListenAddress
    /// Whose word counts for where a request comes from.
    package var trustedProxies: TrustedProxies
    package var dataDirectory: String
    package var masterKeyFile: String
    package var addresses: AddressRules
    /// Certificate chain and private key, both or neither.
    package var tls: (certificateFile: String, privateKeyFile: String)?
    /// Root certificates for outgoing requests, besides the system's.
    package var extraRootsFile: String?
    package var logLevel: LogLevel
    package var logFormat: LogFormat
    /// The URL under which browsers reach the service; `nil` where nobody has said.
    package var publicURL: RequestURL?
    /// The Cobrowse instance (`cobrowse_api`).
    package var cobrowse: WebOrigin
    /// Whether this machine is a place to talk to without TLS.
    package var allowsInsecureLoopback: Bool
    /// How long a next signing key is published before it may sign, in seconds.
    package var promoteAfter: Int64
    /// How long decisions are kept, in seconds.
    package var keepDecisions: Int64
    /// How often people are compared with their CRM, in seconds.
    package var syncInterval: Int64
    /// What the operator decides about Dynamics 365.
    package var dynamics: DynamicsSetup
    /// What the operator decides about Salesforce.
    package var salesforce: SalesforceSetup
    /// Every setting as it counts, in the order of `Setting.all`.
    package var settings: [EffectiveSetting]

    /// Where the service listens.
    package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
        package let host: String
        package let port: UInt16

        /// Reads `host:port`, an IPv6 host in brackets; `nil` for anything else.
        package init?(_ text: String) {
            guard let colon = text.lastIndex(of: ":") else { return nil }
            let digits = text[text.index(after: colon)...]
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else { return nil }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") {
                host = host.dropFirst().dropLast()
            } else if host.contains(":") {
                return nil
            }
            guard !host.isEmpty, host.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
            self.host = String(host)
            self.port = port
        }

        package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    /// The form of the log lines.
    package enum LogFormat: String, Sendable {
        case json, text
    }

    /// Hosts that may be at addresses which are not of the public internet; that is all it allows them: each request
    /// has the one host that it is meant for, and which that may be, each connector decides by its own list.
    package var privateHosts: HostList { dynamics.environments.allowedHosts + salesforce.hosts.allowedHosts }

    /// The client that serves connections of the kind without one of their own.
    package func operatorClientID(_ kind: ConnectionID.Kind) -> String? {
        switch kind {
        case .dynamics: dynamics.operatorClient?.clientID.value
        case .salesforce: salesforce.operatorClient?.clientID
        }
    }

    /// The SQLite file.
    package var databaseFile: String { "\(dataDirectory)/cobrowse-sso.db" }
}

extension Configuration {
    /// Reads the configuration from its sources, the strongest first: flags, environment, file, defaults.
    ///
    /// - Parameters:
    ///   - file: name and text of the configuration file.
    ///   - flags: setting, value and the flag it came from.
    ///   - readFile: reads the file that a secret is kept in, as text.
    /// - Throws: everything that is wrong, at once.
    package static func read(
        file: (name: String, text: String)? = nil, environment: [String: String] = [:],
        flags: [(setting: String, text: String, flag: String)] = [],
        readFile: @escaping (String) -> String? = { TextFile.read($0) }
    ) throws(ConfigurationError) -> Configuration {
        var raw = RawConfiguration()
        if let file { raw.read(file: file.text, named: file.name) }
        raw.read(environment: environment)
        for flag in flags { raw.set(flag.setting, to: flag.text, flag: flag.flag) }
        return try ConfigurationBuilder(raw, readFile: readFile).build()
    }
}
