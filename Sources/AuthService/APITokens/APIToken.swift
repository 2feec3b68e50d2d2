package import BridgeCore

/// An API token as it is stored: all but the token itself.
package struct APIToken: Sendable, Hashable {
    /// `idPrefix` and 32 hexadecimal digits, see `RecordID`; no secret.
    package let id: String
    /// SHA-256 of the token's text, 32 bytes.
    package let digest: [UInt8]
    package let grant: APIGrant
    package let createdAt: Timestamp
    /// From this time on it is refused.
    package let expiresAt: Timestamp
    /// The last use that was written down; later ones within `useResolution` are not.
    package var lastUsedAt: Timestamp?

    /// What the id of every API token begins with, and the id of nothing else.
    package static let idPrefix = "tok_"
    /// How long a token lives where nobody says otherwise: 90 days in seconds.
    package static let standardLife: Int64 = 90 * 86_400
    /// The lives a token may have, in seconds: a minute to a year.
    package static let lives: ClosedRange<Int64> = 60...365 * 86_400
    /// How much older than now a written-down use may be before the next one is written down again, in seconds.
    package static let useResolution: Int64 = 3_600

    package init(
        id: String, digest: [UInt8], grant: APIGrant, createdAt: Timestamp, expiresAt: Timestamp,
        lastUsedAt: Timestamp? = nil
    ) {
        self.id = id
        self.digest = digest
        self.grant = grant
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
    }

    /// Whether it is refused at `now`.
    package func isExpired(at now: Timestamp) -> Bool { now >= expiresAt }

    /// Whether a use at `now` is worth a write.
    package func needsUseWritten(at now: Timestamp) -> Bool {
        lastUsedAt.map { now >= $0.adding(seconds: Self.useResolution) } ?? true
    }
}

/// An API token at the only time it can be seen: when it is made.
package struct MintedAPIToken: Sendable {
    /// What is stored of it.
    package let token: APIToken
    /// The token itself, in the form of `APITokenText`.
    package let text: Secret

    /// Makes a token that lives for `life` seconds, out of `APIToken.lives`.
    ///
    /// - Throws: `internal` when the machine has no randomness.
    package init(_ grant: APIGrant, life: Int64, now: Timestamp) throws(StoreError) {
        text = try APITokenText.make()
        guard let digest = try APITokenText.digest(text) else {
            throw StoreError(.internal, "the token that was made has not the form of one")
        }
        token = APIToken(
            id: try RecordID.make(APIToken.idPrefix, at: now), digest: digest, grant: grant, createdAt: now,
            expiresAt: now.adding(seconds: life))
    }
}
