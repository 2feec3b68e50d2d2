public import BridgeCore

/// The claims of an agent token to be signed (Cobrowse, "JSON Web Tokens").
public struct AgentClaims: Sendable {
    /// `iss`: the license key of the Cobrowse account.
    public var license: String
    /// `sub`: the agent's e-mail address.
    public var email: String
    public var displayName: String?
    /// `role`; `.absent` leaves the claim out.
    public var role: RoleClaim
    /// `policy`, an object of version 3.
    public var policy: JSONValue?
    /// `iat`, to the second.
    public var issuedAt: Timestamp
    /// `exp`, to the second.
    public var expiresAt: Timestamp
    /// Further claims, written behind the others.
    public var additional: [JSONMember]

    public init(
        license: String, email: String, displayName: String? = nil, role: RoleClaim = .absent,
        policy: JSONValue? = nil, issuedAt: Timestamp, expiresAt: Timestamp, additional: [JSONMember] = []
    ) {
        self.license = license
        self.email = email
        self.displayName = displayName
        self.role = role
        self.policy = policy
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.additional = additional
    }

    /// An additional claim that is there already; two members of one name are two meanings to two readers.
    var repeatedName: String? {
        var names = Set(Self.reservedNames.map { Array($0.utf8) })
        return additional.first { !names.insert(Array($0.name.utf8)).inserted }?.name
    }

    /// The names that `additional` cannot use, because the token has them already.
    public static let reservedNames: Set<String> = [
        "iss", "sub", "aud", "iat", "exp", "displayName", "role", "policy",
    ]

    /// The payload as JSON text.
    var json: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("iat", issuedAt.seconds)
            writer.member("exp", expiresAt.seconds)
            writer.member("aud", TokenRules.audience)
            writer.member("iss", license)
            writer.member("sub", email)
            if let displayName { writer.member("displayName", displayName) }
            writeRole(&writer)
            if let policy {
                writer.name("policy")
                writer.value(policy)
            }
            for member in additional {
                writer.name(member.name)
                writer.value(member.value)
            }
        }
        return writer.bytes
    }

    private func writeRole(_ writer: inout JSONWriter) {
        switch role {
        case .absent: break
        case .null: writer.member("role", nil as String?)
        case .agent, .administrator: writer.member("role", role.rawValue)
        }
    }
}
