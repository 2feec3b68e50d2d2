package import BridgeCore

extension Rule {
    /// Reads `{"source":"salesforce","match":{"permissionSet":"..."},"role":"agent"}`, with `policy` if there is to be
    /// one; `place` names it in errors.
    package init(_ value: JSONValue, at place: String = "") throws(DocumentError) {
        let object = try DocumentObject(value, at: place, names: ["source", "match", "role", "policy"])
        let source = try object.text("source")
        guard let kinds = Match.kinds.first(where: { $0.source == source })?.kinds else {
            throw DocumentError(
                at: object.place(of: "source"), "\"\(source)\" is no source",
                hint: "write \(Match.kinds.map(\.source).joined(separator: " or "))")
        }
        let match = try Match(object.value("match"), at: object.place(of: "match"), kinds: kinds)
        let role = try object.text("role")
        guard let role = Role(rawValue: role) else {
            throw DocumentError(
                at: object.place(of: "role"), "\"\(role)\" is no role",
                hint: "write \(Role.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        self.init(match, role: role, policy: try Self.policy(of: object))
    }

    /// A policy goes into every token of who matches, and a token has at most 8 KiB.
    private static let longestPolicy = 4096

    private static func policy(of object: DocumentObject) throws(DocumentError) -> Policy? {
        guard object.names.contains("policy") else { return nil }
        let place = object.place(of: "policy")
        let policy = try Policy(object.value("policy"), at: place)
        guard policy.json.utf8.count <= longestPolicy else {
            throw DocumentError(at: place, "is longer than \(longestPolicy) bytes", hint: "tokens have to stay short")
        }
        return policy
    }

    /// Writes the object that `init(_:at:)` reads.
    package func write(to writer: inout JSONWriter) {
        let (source, kind, name) = match.members
        writer.object { writer in
            writer.member("source", source)
            writer.name("match")
            writer.object { $0.member(kind, name) }
            writer.member("role", role.rawValue)
            guard let policy else { return }
            writer.name("policy")
            writer.value(policy.document)
        }
    }
}

extension Rule.Match {
    /// What each source can be asked for.
    fileprivate static let kinds: [(source: String, kinds: [String])] = [
        ("salesforce", ["permissionSet", "permissionSetGroup", "customPermission", "profile"]),
        ("dynamics", ["securityRole", "team"]),
    ]

    fileprivate init(_ value: JSONValue, at place: String, kinds: [String]) throws(DocumentError) {
        let object = try DocumentObject(value, at: place, names: kinds)
        guard object.names.count == 1, let kind = object.names.first else {
            throw DocumentError(
                at: place, "has to have exactly one member", hint: "one of \(kinds.joined(separator: ", "))")
        }
        let name = try object.text(kind)
        switch kind {
        case "permissionSet": self = .salesforcePermissionSet(name)
        case "permissionSetGroup": self = .salesforcePermissionSetGroup(name)
        case "customPermission": self = .salesforceCustomPermission(name)
        case "profile": self = .salesforceProfile(name)
        case "securityRole": self = .dynamicsSecurityRole(name)
        default: self = .dynamicsTeam(name)
        }
    }

    var members: (source: String, kind: String, name: String) {
        switch self {
        case .salesforcePermissionSet(let name): ("salesforce", "permissionSet", name)
        case .salesforcePermissionSetGroup(let name): ("salesforce", "permissionSetGroup", name)
        case .salesforceCustomPermission(let name): ("salesforce", "customPermission", name)
        case .salesforceProfile(let name): ("salesforce", "profile", name)
        case .dynamicsSecurityRole(let name): ("dynamics", "securityRole", name)
        case .dynamicsTeam(let name): ("dynamics", "team", name)
        }
    }
}

extension Rule.Match {
    /// What is looked for, in words: `salesforce permissionSet "Cobrowse.io Agent"`.
    package var words: String {
        let (source, kind, name) = members
        return "\(source) \(kind) \(quoted(name))"
    }
}
