/// One setting of the service: its name on every surface, what it may hold, and what it is when nobody says.
package struct Setting: Sendable {
    /// Lower case, `__` for nesting, as Cobrowse's own settings are named.
    package let name: String
    package let kind: Kind
    /// As it would be written; empty for "not set".
    package let defaultText: String
    /// One line for the documentation.
    package let summary: String

    /// What a value has to look like.
    package enum Kind: Sendable, Hashable {
        case text
        /// A secret: never shown, and may be given as the file `<name>_file`.
        case secret
        case path
        /// `host:port`, an IPv6 host in brackets.
        case listenAddress
        /// An https URL, `origin` for one without a path; http only to loopback, and only with `allow_insecure_loopback`.
        case url
        case origin
        case boolean
        /// A number and `s`, `m`, `h` or `d`.
        case duration
        /// Regular expressions separated by commas.
        case expressions
        /// Addresses and networks (CIDR) separated by commas.
        case networks
        /// Hosts separated by commas, `HOST` for any port or `HOST:PORT`.
        case hosts
        /// A GUID, as Microsoft names tenants and applications.
        case guid
        case oneOf([String])
    }

    private init(_ name: String, _ kind: Kind, _ defaultText: String, _ summary: String) {
        self.name = name
        self.kind = kind
        self.defaultText = defaultText
        self.summary = summary
    }
}

extension Setting {
    /// Every setting there is; `Docs/Configuration.md` has the same table, and a test says so.
    package static let all: [Setting] = [
        Setting("listen", .listenAddress, "127.0.0.1:8080", "address and port of the service"),
        Setting("public_url", .url, "", "the URL under which browsers reach the service"),
        Setting("trusted_proxies", .networks, "", "proxies whose X-Forwarded-For says where a request comes from"),
        Setting("cobrowse_api", .origin, "https://cobrowse.io", "scheme and host of the Cobrowse instance"),
        Setting("data_dir", .path, "./data", "directory of the database and the master key"),
        Setting("database__url", .secret, "", "postgresql://... instead of the SQLite file in data_dir"),
        Setting("master_key_file", .path, "", "32 random bytes; made in data_dir on first start"),
        Setting("dynamics__client_id", .guid, "", "application (client) id of the operator's Entra registration"),
        Setting("dynamics__client_secret", .secret, "", "value of a client secret of that registration"),
        Setting(
            "dynamics__authority_url", .origin, "https://login.microsoftonline.com", "Entra's authority for sign-in"),
        Setting(
            "dynamics__discovery_url", .origin, "", "Global Discovery Service, where it is not the authority's own"),
        Setting("dynamics__allowed_hosts", .hosts, "", "hosts of environments besides the known Dataverse domains"),
        Setting("salesforce__login_url", .origin, "https://login.salesforce.com", "Salesforce's authority for sign-in"),
        Setting("salesforce__client_id", .text, "", "consumer key of the operator's connected app"),
        Setting("salesforce__client_secret", .secret, "", "consumer secret of that app"),
        Setting("salesforce__allowed_hosts", .hosts, "", "hosts of orgs besides the known Salesforce domains"),
        Setting("superusers", .expressions, "", "e-mail addresses with power over the whole instance"),
        Setting("allowed_usernames", .expressions, "", "e-mail addresses that may sign in; empty for all"),
        Setting("superusers_may_sign_in", .boolean, "false", "whether a tenant may sign in a superuser's address"),
        Setting("keys__promote_after", .duration, "24h", "how long a next signing key is published before it signs"),
        Setting("decisions__keep", .duration, "90d", "how long decisions can be explained"),
        Setting("sync__interval", .duration, "60s", "how often people are compared with their CRM"),
        Setting("tls__certificate_file", .path, "", "certificate chain (PEM) to serve TLS with"),
        Setting("tls__private_key_file", .path, "", "private key (PEM) of that certificate"),
        Setting("tls__ca_file", .path, "", "extra root certificates for outgoing calls"),
        Setting("log__level", .oneOf(["debug", "info", "warning", "error"]), "info", "the least that is logged"),
        Setting("log__format", .oneOf(["json", "text"]), "json", "form of the log lines"),
        Setting("allow_insecure_loopback", .boolean, "false", "http to 127.0.0.1 for outgoing calls, for simulators"),
    ]

    /// The setting called `name`.
    static func named(_ name: String) -> Setting? {
        all.first { $0.name == name }
    }

    /// Names before a `__`: an unknown name in one of these sections of the environment is a typing error.
    static let sections: Set<String> = Set(
        all.compactMap { setting in
            setting.name.firstRange(of: "__").map { String(setting.name[..<$0.lowerBound]) }
        })
}
