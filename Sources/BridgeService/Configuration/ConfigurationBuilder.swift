internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// Judges raw settings one by one and collects what is wrong with them.
struct ConfigurationBuilder {
    private let raw: RawConfiguration
    private let readFile: (String) -> String?
    private var problems: [ConfigurationError.Problem]

    init(_ raw: RawConfiguration, readFile: @escaping (String) -> String?) {
        self.raw = raw
        self.readFile = readFile
        problems = raw.problems
    }

    /// The typed configuration, or every problem there is.
    consuming func build() throws(ConfigurationError) -> Configuration {
        for setting in Setting.all { check(setting) }
        let configuration = assemble()
        guard problems.isEmpty, let configuration else { throw ConfigurationError(problems: problems) }
        return configuration
    }

    private mutating func assemble() -> Configuration? {
        let dataDirectory = text("data_dir")
        if !text("database__url").isEmpty {
            report("database__url", "this version keeps its data in SQLite only", hint: "leave it empty")
        }
        let masterKeyFile = text("master_key_file")
        let tls = tlsFiles()
        let (dynamics, salesforce) = (dynamics(), salesforce())
        guard let listen = Configuration.ListenAddress(text("listen")), let cobrowse = WebOrigin(text("cobrowse_api")),
            let promoteAfter = DurationText.seconds(text("keys__promote_after")),
            let keepDecisions = DurationText.seconds(text("decisions__keep")),
            let syncInterval = DurationText.seconds(text("sync__interval")),
            let logLevel = LogLevel(rawValue: text("log__level")),
            let logFormat = Configuration.LogFormat(rawValue: text("log__format"))
        else { return nil }
        return Configuration(
            listen: listen,
            trustedProxies: TrustedProxies(CommaList.names(text("trusted_proxies")).compactMap(IPNetwork.init)),
            dataDirectory: dataDirectory,
            masterKeyFile: masterKeyFile.isEmpty ? "\(dataDirectory)/master.key" : masterKeyFile,
            addresses: AddressRules(
                superusers: patterns("superusers"), allowed: patterns("allowed_usernames"),
                superusersMaySignIn: text("superusers_may_sign_in") == "true"),
            tls: tls, extraRootsFile: text("tls__ca_file").isEmpty ? nil : text("tls__ca_file"), logLevel: logLevel,
            logFormat: logFormat, publicURL: RequestURL(text("public_url")), cobrowse: cobrowse,
            allowsInsecureLoopback: text("allow_insecure_loopback") == "true", promoteAfter: promoteAfter,
            keepDecisions: keepDecisions, syncInterval: syncInterval, dynamics: dynamics,
            salesforce: salesforce,
            settings: Setting.all.map(effective))
    }

    private func effective(_ setting: Setting) -> EffectiveSetting {
        let file = raw.values["\(setting.name)_file"]
        let given = raw.values[setting.name]
        return EffectiveSetting(
            setting, text: text(setting.name), file: given == nil ? file?.text : nil,
            origin: (given ?? file)?.place ?? .standard)
    }

    private mutating func tlsFiles() -> (certificateFile: String, privateKeyFile: String)? {
        let (certificate, key) = (text("tls__certificate_file"), text("tls__private_key_file"))
        if certificate.isEmpty != key.isEmpty {
            let missing = certificate.isEmpty ? "tls__certificate_file" : "tls__private_key_file"
            report(missing, "is missing: TLS needs a certificate and its private key", hint: nil)
        }
        return certificate.isEmpty || key.isEmpty ? nil : (certificate, key)
    }

    /// What the operator decides about Dynamics 365; without a registration of theirs, tenants bring their own.
    private mutating func dynamics() -> DynamicsSetup {
        let (id, secret) = client("dynamics", called: "the registration needs its id and a client secret")
        let client =
            secret.isEmpty
            ? nil
            : GUID(id).map { id in
                DynamicsSetup.OperatorClient(
                    clientID: id, credential: .secret(Secret(lineOf: Array(secret.utf8))))
            }
        return DynamicsSetup(
            environments: EnvironmentRules(
                allowedHosts: hosts("dynamics__allowed_hosts"),
                allowsInsecureLoopback: text("allow_insecure_loopback") == "true",
                authority: WebOrigin(text("dynamics__authority_url")).map(EntraAuthority.init)
                    ?? EntraCloud.global.authority,
                discovery: WebOrigin(text("dynamics__discovery_url"))),
            operatorClient: client)
    }

    /// What the operator decides about Salesforce; without an app of theirs, tenants bring their own.
    private mutating func salesforce() -> SalesforceSetup {
        let (id, secret) = client("salesforce", called: "the connected app needs its consumer key and its secret")
        let hosts = SalesforceHosts(
            allowedHosts: hosts("salesforce__allowed_hosts"),
            allowsInsecureLoopback: text("allow_insecure_loopback") == "true")
        if !id.isEmpty, let problem = ConsumerKey.problem(id, repeating: false) {
            report(
                "salesforce__client_id", problem,
                hint: "copy the app's Consumer Key, and its Consumer Secret into salesforce__client_secret")
        }
        let login = text("salesforce__login_url")
        do throws(ConnectorError) {
            // What is no origin at all is said elsewhere.
            if WebOrigin(login) != nil { _ = try SalesforceLogin(login, hosts: hosts) }
        } catch {
            report("salesforce__login_url", error.detail, hint: error.hint)
        }
        return SalesforceSetup(
            hosts: hosts, standardLogin: login,
            operatorClient: id.isEmpty || secret.isEmpty
                ? nil : SalesforceSetup.OperatorClient(clientID: id, secret: Secret(lineOf: Array(secret.utf8))))
    }

    /// Id and secret of the operator's client, which come together.
    private mutating func client(_ section: String, called what: String) -> (id: String, secret: String) {
        let (id, secret) = (text("\(section)__client_id"), text("\(section)__client_secret"))
        let isSecretSet = !secret.isEmpty || raw.values["\(section)__client_secret_file"] != nil
        if id.isEmpty == isSecretSet {
            report("\(section)__client_\(id.isEmpty ? "id" : "secret")", "is missing: \(what)", hint: nil)
        }
        return (id, secret)
    }

    private func hosts(_ name: String) -> HostList {
        HostList(CommaList.names(text(name)).compactMap(HostList.entry))
    }

    private mutating func patterns(_ name: String) -> [AddressPattern] {
        CommaList.expressions(text(name)).compactMap(AddressPattern.init)
    }
}

extension ConfigurationBuilder {
    /// Judges the form of one setting's value.
    private mutating func check(_ setting: Setting) {
        if raw.values[setting.name] != nil, raw.values["\(setting.name)_file"] != nil {
            report(setting.name, "and \(setting.name)_file are both set", hint: "keep one of them")
        }
        checkFile(of: setting)
        let value = text(setting.name)
        guard !value.isEmpty else {
            if raw.values[setting.name] != nil, !setting.defaultText.isEmpty {
                report(setting.name, "is empty", hint: "the default is \(setting.defaultText)")
            }
            return
        }
        switch setting.kind {
        case .text, .secret, .path: break
        case .guid:
            if GUID(value) == nil {
                report(
                    setting.name, "\"\(value)\" is no GUID", hint: "for example 72f988bf-86f1-41af-91ab-2d7cd011db47")
            }
        case .listenAddress:
            if Configuration.ListenAddress(value) == nil {
                report(setting.name, "\"\(value)\" is no HOST:PORT", hint: "for example 127.0.0.1:8080 or [::1]:8080")
            }
        case .url: checkURL(value, of: setting)
        case .origin:
            let count = problems.count
            checkURL(value, of: setting)
            if problems.count == count, WebOrigin(value) == nil {
                report(setting.name, "\"\(value)\" is more than scheme, host and port", hint: "leave the path out")
            }
        case .boolean:
            if !["true", "false"].contains(value) {
                report(setting.name, "\"\(value)\" is neither true nor false", hint: nil)
            }
        case .duration:
            if DurationText.seconds(value) == nil {
                report(setting.name, "\"\(value)\" is no duration", hint: "for example 30s, 15m, 24h or 90d")
            } else if setting.name == "sync__interval", DurationText.seconds(value) == 0 {
                report(setting.name, "has to be 1s or more", hint: "the default is \(setting.defaultText)")
            }
        case .expressions: checkExpressions(value, of: setting)
        case .networks: checkNetworks(value, of: setting)
        case .hosts: checkHosts(value, of: setting)
        case .oneOf(let values):
            if !values.contains(value) {
                let nearest = Suggestion.nearest(to: value, among: values)
                report(
                    setting.name, "\"\(value)\" is none of \(values.joined(separator: ", "))",
                    hint: nearest.map { "did you mean \($0)?" })
            }
        }
    }

    private mutating func checkFile(of setting: Setting) {
        guard let file = raw.values["\(setting.name)_file"] else { return }
        let content = readFile(file.text)
        guard content == nil || content == "" else { return }
        let what = content == nil ? "cannot be read" : "is empty"
        problems.append(.init(origin: file.origin, detail: "\(setting.name)_file: \(file.text) \(what)", hint: nil))
    }

    private mutating func checkExpressions(_ value: String, of setting: Setting) {
        let expressions = CommaList.expressions(value)
        let hint = "expressions are separated by commas and match the whole address: .*@example\\.com"
        // Taken for an empty list, a comma would let everybody in.
        if expressions.isEmpty { report(setting.name, "\"\(value)\" holds no regular expression", hint: hint) }
        for expression in expressions {
            if AddressPattern(expression) == nil {
                report(setting.name, "\"\(expression)\" is no regular expression", hint: hint)
            } else if expression.unicodeScalars.contains(where: Self.isCopyingMistake) {
                report(
                    setting.name,
                    "\"\(expression)\" holds white space, a quotation mark or #, and would match nobody",
                    hint: "write the bare expression; a dot stands for any character of an address")
            } else if expression.hasPrefix("@") {
                report(
                    setting.name, "\"\(expression)\" begins with @, and would match nobody",
                    hint: "the whole address has to match: .*\(expression)")
            }
        }
    }

    /// What is around an expression where it was copied from; taken as a part of it, the expression protects nobody.
    private static func isCopyingMistake(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.properties.isQuotationMark || scalar == "`" || scalar == "#"
    }

    private mutating func checkNetworks(_ value: String, of setting: Setting) {
        let hint = "for example 10.0.0.5, 10.0.0.0/8 or fd00::/8, separated by commas"
        let names = CommaList.names(value)
        if names.isEmpty { report(setting.name, "\"\(value)\" holds no address", hint: hint) }
        for name in names {
            guard let network = IPNetwork(name) else {
                let nearest = IPNetwork.nearest(to: name)
                report(
                    setting.name, "\"\(name)\" is no address and no network",
                    hint: nearest.map { "did you mean \($0)?" } ?? hint)
                continue
            }
            if network.isEverything {
                report(
                    setting.name, "\"\(name)\" trusts everybody, who could then name any address",
                    hint: "name the proxies' own addresses")
            }
        }
    }

    private mutating func checkHosts(_ value: String, of setting: Setting) {
        for name in CommaList.names(value) where HostList.entry(name) == nil {
            report(
                setting.name, "\"\(name)\" is no host",
                hint: "hosts are separated by commas, without https:// and wildcards, with a port only where it is to "
                    + "be that one: crm.example.com, crm.example.com:8443")
        }
    }

    private mutating func checkURL(_ value: String, of setting: Setting) {
        let mayBeLoopback = text("allow_insecure_loopback") == "true" || setting.name == "public_url"
        // What stands before an @ would pass for the host, and may be a password.
        guard !value.contains("@") else { return report(setting.name, "names a user in the URL", hint: "leave it out") }
        guard value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            value.hasPrefix("https://") && value.utf8.count > 8 || mayBeLoopback && Self.isLoopback(value)
        else {
            return report(setting.name, "\"\(value)\" is not an https URL", hint: "for example https://example.com")
        }
        if value.hasSuffix("/") {
            report(setting.name, "\"\(value)\" ends with a slash", hint: "write \(value.dropLast())")
        }
    }

    private static func isLoopback(_ url: String) -> Bool {
        ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { host in
            url == host || url.hasPrefix("\(host):") || url.hasPrefix("\(host)/")
        }
    }

    private func text(_ name: String) -> String {
        if let file = raw.values["\(name)_file"], raw.values[name] == nil { return readFile(file.text) ?? "" }
        return raw.values[name]?.text ?? Setting.named(name)?.defaultText ?? ""
    }

    private mutating func report(_ name: String, _ what: String, hint: String?) {
        let origin = raw.values[name]?.origin ?? raw.values["\(name)_file"]?.origin ?? "default"
        problems.append(.init(origin: origin, detail: "\(name): \(what)", hint: hint))
    }
}
