package import BridgeCore

/// What an administrator's sign-in for the list of organizations has left: tokens that are used for that list and for
/// entering what is chosen from it, and shown to nobody.
package struct OrganizationSession: Sendable {
    package let owner: Owner
    /// Who signed in, so that whoever reads the list can tell whose it is.
    package let person: EntraPerson
    /// For the discovery service.
    package let accessToken: AccessToken
    /// For the organization that is chosen.
    package let refreshToken: Secret?

    /// Whose it is.
    package enum Owner: Sendable, Hashable {
        /// Whoever asked for the sign-in, by the name of `Access`.
        case caller(String)
        /// A person who was let in as the tenant's administrator, by the name of `Access`.
        case administrator(String)
    }

    package init(owner: Owner, person: EntraPerson, grant: TokenGrant) {
        self.owner = owner
        self.person = person
        accessToken = grant.accessToken
        refreshToken = grant.refreshToken
    }

    /// How long it can be used, in seconds.
    package static let lifetime: Int64 = 600
}

extension OrganizationSession {
    /// The session as JSON text, to be sealed.
    var json: Secret {
        var writer = JSONWriter()
        writer.object { writer in
            switch owner {
            case .caller(let name): writer.member("caller", name)
            case .administrator(let name): writer.member("administrator", name)
            }
            writer.member("tenantId", person.tenantID.value)
            writer.member("objectId", person.objectID.value)
            writer.member("accessToken", accessToken.secret.text)
            if let refreshToken { writer.member("refreshToken", refreshToken.text) }
        }
        return Secret(writer.bytes)
    }

    /// Reads what was sealed; `nil` for anything else.
    init?(json: Secret) {
        guard let value = try? JSONValue(parsing: json.text.utf8), let owner = Self.owner(value),
            let tenantID = value["tenantId"]?.stringValue.flatMap({ GUID($0) }),
            let objectID = value["objectId"]?.stringValue.flatMap({ GUID($0) }),
            let accessToken = value["accessToken"]?.stringValue
        else { return nil }
        self.owner = owner
        person = EntraPerson(tenantID: tenantID, objectID: objectID)
        self.accessToken = AccessToken(Secret(Array(accessToken.utf8)), expiresAt: nil)
        refreshToken = value["refreshToken"]?.stringValue.map { Secret(Array($0.utf8)) }
    }

    private static func owner(_ value: JSONValue) -> Owner? {
        if let name = value["caller"]?.stringValue { return .caller(name) }
        return value["administrator"]?.stringValue.map { .administrator($0) }
    }
}
