import BridgeCore

/// What somebody consented to at the authorize endpoint, until the code is redeemed.
struct AuthorizationCode: Sendable {
    let client: GUID
    /// Where it came from, where it has to be redeemed.
    let path: AuthorityPath
    let redirectURI: String
    let challenge: String
    let scope: ScopeRequest
    let nonce: String?
    let identity: SignedInPerson
    let expires: Timestamp
    var isRedeemed = false
}

/// A person who signed in, as the tenant knows her or him.
struct SignedInPerson: Sendable {
    let person: Person
    let tenant: Tenant
}

/// What a bearer token stands for.
struct AccessGrant: Sendable {
    let tenant: GUID
    let client: GUID
    /// The object id of the person; `nil` for a token of the application alone.
    let person: GUID?
    /// The identifier of the API, as it was asked for.
    let audience: String
    let expires: Timestamp
}

/// What a refresh token stands for.
struct RefreshGrant: Sendable {
    let client: GUID
    let scope: ScopeRequest
    let identity: SignedInPerson
    let expires: Timestamp
}

/// A device that waits for somebody to sign in elsewhere.
struct DeviceRequest: Sendable {
    enum State: Sendable {
        case pending, declined
        case approved(SignedInPerson)
    }

    let client: GUID
    let path: AuthorityPath
    let scope: ScopeRequest
    let expires: Timestamp
    var state = State.pending
}
