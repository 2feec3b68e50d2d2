package import BridgeCore

/// Takes back tokens before they expire: those of one kind and value that were issued before a time.
///
/// `iat` is in whole seconds: a token with `iat` 12:00:00 was issued somewhere in that second. So the time is one too,
/// rounded up, and a token is revoked exactly when its `iat` lies before it: whatever may have been issued before the
/// time that was asked for is revoked, whatever was issued from `issuedBefore` on is not.
package struct Revocation: Sendable, Hashable {
    package let kind: Kind
    /// What the kind names, in the form it is compared in; empty for `all`.
    package let value: String
    /// A whole second: tokens whose `iat` is this second or a later one are not revoked.
    package let issuedBefore: Timestamp

    /// What a revocation names; the raw value is the name of its member in JSON.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The id of an account.
        case account = "accountId"
        /// An address as `EmailAddress` compares it, also one that has no account.
        case email
        /// The `jti` of a token.
        case tokenID = "tokenId"
        /// The SHA-256 of a compact token, 64 lower-case hexadecimal digits.
        case tokenDigest
        /// The thumbprint of the key that signed, 43 characters of base64url.
        case keyID = "keyId"
        /// Every token of the tenant.
        case all

        /// How far the clock of a signer may be ahead of ours, for kinds that name one token.
        ///
        /// Such a token is there already when it is revoked, even if its `iat` is still to come. Of the other kinds a
        /// later token is another one.
        var allowance: Int64 {
            switch self {
            case .tokenID, .tokenDigest: TokenTimes.skew
            case .account, .email, .keyID, .all: 0
            }
        }
    }

    /// - Parameter issuedBefore: rounded up to a whole second.
    package init(_ kind: Kind, _ value: String, issuedBefore: Timestamp) {
        self.kind = kind
        self.value = value
        let second = Timestamp(seconds: issuedBefore.seconds)
        self.issuedBefore = second == issuedBefore ? second : second.adding(seconds: 1)
    }

    /// From when on no token that it covers can still be valid, so that nothing is lost with it.
    package var expiresAt: Timestamp { issuedBefore.adding(seconds: TokenTimes.longestLife + TokenTimes.skew) }

    /// Whether a token of this kind and value is revoked that was issued then (`iat`).
    package func covers(issuedAt: Timestamp) -> Bool {
        issuedAt.seconds < issuedBefore.seconds + kind.allowance
    }

    /// What names a revocation within its tenant: of two with one name the later time holds.
    package struct Name: Sendable, Hashable {
        package let kind: Kind
        package let value: String

        package init(_ kind: Kind, _ value: String) {
            self.kind = kind
            self.value = value
        }
    }

    package var name: Name { Name(kind, value) }

    /// How many a tenant may have at a time, so that none takes more memory than is meant for it (64 MiB).
    ///
    /// That of everything counts for nothing: there has to be a way to take back all. What a changed account takes back
    /// is not held up either.
    package static let largestCount = 1_000_000

    /// Refuses one more where a tenant has `count` others already.
    package func checkCount(_ count: Int, of license: License) throws(StoreError) {
        guard count >= Self.largestCount, kind != .all else { return }
        throw StoreError(
            .conflict,
            "the tenant \(license) has \(count) revocations, and no tenant may have more than "
                + "\(Self.largestCount)",
            hint: "revoke by account or key instead of token by token, or everything; each goes by itself a day after "
                + "its time")
    }
}

/// What every verified token keeps to, in seconds (`TokenRules`).
enum TokenTimes {
    /// No token lives longer.
    static let longestLife: Int64 = 86_400
    /// How far `iat` may lie ahead.
    static let skew: Int64 = 60
}
