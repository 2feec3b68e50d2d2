package import BridgeCore

/// The claims of a JWT by which a client proves who it is or whom it acts for (RFC 7523 §3).
package struct AssertionClaims: Sendable, Hashable {
    /// `iss`: the client id, at Salesforce the consumer key.
    package let issuer: String
    /// `sub`: the client id again, or the user the client acts for.
    package let subject: String
    /// `aud`: the token endpoint, or what the vendor names in its place.
    package let audience: String
    /// `jti`, unique for each assertion; `nil` leaves it out.
    package let id: String?
    /// `iat` and `nbf`.
    package let issuedAt: Timestamp
    /// How long it counts, in seconds.
    package let lifetime: Int64

    package init(
        issuer: String, subject: String, audience: String, id: String?, issuedAt: Timestamp, lifetime: Int64
    ) {
        self.issuer = issuer
        self.subject = subject
        self.audience = audience
        self.id = id
        self.issuedAt = issuedAt
        self.lifetime = lifetime
    }

    /// The payload as JSON text.
    var json: [UInt8] {
        var writer = JSONWriter(capacity: 384)
        writer.object { writer in
            writer.member("iss", issuer)
            writer.member("sub", subject)
            writer.member("aud", audience)
            if let id { writer.member("jti", id) }
            writer.member("iat", issuedAt.seconds)
            writer.member("nbf", issuedAt.seconds)
            writer.member("exp", issuedAt.adding(seconds: lifetime).seconds)
        }
        return writer.bytes
    }
}
