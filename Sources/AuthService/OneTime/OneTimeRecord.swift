package import BridgeCore

/// Something that is kept until somebody comes back with what only they were given, and that is good for once.
package struct OneTimeRecord: Sendable, Hashable {
    /// SHA-256 over what they were given, as base64url: whoever reads the store cannot make up the rest.
    package let id: String
    package let kind: Kind
    /// The tenant it belongs to, and goes with.
    package let license: License
    /// Whose share of the room it takes: an address's, an account's. Not empty.
    package let source: String
    /// What it is good for; sealed where it holds secrets.
    package let content: [UInt8]
    /// From when it is good for nothing.
    package let expiresAt: Timestamp

    package init(
        id: String, kind: Kind, license: License, source: String, content: [UInt8], expiresAt: Timestamp
    ) {
        self.id = id
        self.kind = kind
        self.license = license
        self.source = source
        self.content = content
        self.expiresAt = expiresAt
    }

    /// What is kept this way.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A browser that is at the identity provider.
        case signIn = "sign-in"
        /// A consent that somebody was asked for.
        case consent
        /// A finished sign-in whose token has not been fetched.
        case handOff = "hand-off"
        /// An administrator's sign-in for a list of organizations.
        case organizations
        /// What Salesforce has opened a canvas with, which is good for once.
        case canvas

        /// How many there may be, so that nobody fills the disk.
        package var limits: OneTimeLimits {
            switch self {
            // A whole company behind one address begins its shift; a record has half a kilobyte.
            case .signIn: OneTimeLimits(perSource: 4_096, total: 65_536)
            case .consent: OneTimeLimits(perSource: 100, total: 16_384)
            case .handOff: OneTimeLimits(perSource: 64, total: 65_536)
            case .organizations: OneTimeLimits(perSource: Connection.largestCount, total: 4_096)
            // Each record that an agent looks at opens one; one that made room could be used again.
            case .canvas: OneTimeLimits(perSource: 1_024, total: 262_144)
            }
        }
    }
}

/// How many records of a kind may be kept at a time.
package struct OneTimeLimits: Sendable, Hashable {
    /// Of one source; its next one is refused.
    package let perSource: Int
    /// Of all sources together; the one that would end first makes room for the next one, since refusing would let
    /// whoever has many addresses keep out everybody else.
    package let total: Int

    package init(perSource: Int, total: Int) {
        self.perSource = perSource
        self.total = total
    }
}

extension StoreError {
    /// What the source of too many records is told.
    package static func tooManyRecords(_ kind: OneTimeRecord.Kind) -> StoreError {
        switch kind {
        case .signIn:
            StoreError(
                .rateLimited, "too many sign-ins were begun at this address and not finished",
                hint: "finish one of them, or wait ten minutes")
        case .consent:
            StoreError(
                .rateLimited, "too many consents were asked for and are outstanding", hint: "use one of their URLs")
        case .handOff:
            StoreError(
                .rateLimited, "too many finished sign-ins of this account wait for their code to be exchanged",
                hint: "exchange the codes, or wait a minute")
        case .canvas:
            StoreError(
                .rateLimited, "this user has opened too many pages with a canvas", hint: "wait five minutes")
        case .organizations:
            StoreError(
                .rateLimited, "too many administrators have signed in for lists of organizations",
                hint: "wait ten minutes")
        }
    }
}
