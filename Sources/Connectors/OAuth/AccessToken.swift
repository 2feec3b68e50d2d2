package import BridgeCore
package import HTTPMessage

/// A bearer token for one API (RFC 6750), opaque to whoever only passes it on.
package struct AccessToken: Sendable {
    package let secret: Secret
    /// When it ends by what the token endpoint said; `nil` where it did not say.
    package let expiresAt: Timestamp?

    package init(_ secret: Secret, expiresAt: Timestamp?) {
        self.secret = secret
        self.expiresAt = expiresAt
    }

    /// The value of an `Authorization` field, for requests to the host that the token is meant for and no other.
    package var authorization: HTTPFieldValue {
        HTTPFieldValue(replacingIllegalIn: "Bearer \(secret.text)")
    }
}

extension Secret {
    /// The secret as text, to be written where it has to go.
    var text: String {
        withBytes { bytes in
            var copy: [UInt8] = []
            copy.reserveCapacity(bytes.count)
            for index in bytes.indices { copy.append(bytes[index]) }
            return String(decoding: copy, as: UTF8.self)
        }
    }
}
