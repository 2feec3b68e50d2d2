package import BridgeCore
package import BridgeCrypto

/// Makes tokens that are valid but for what a test changes: header and claims are JSON text, taken as they are.
package struct TokenMaker: Sendable {
    /// The time for which tokens are made: 2027-01-15T08:00:00Z.
    package static let now = Timestamp(seconds: 1_800_000_000)
    /// The license of the only tenant.
    package static let license = "acme-test"
    /// The header without a `kid`.
    package static let header = #"{"alg":"RS256","typ":"JWT"}"#

    /// The required claims, each as its JSON value, in the order they are written.
    package static let claims: [(name: String, value: String)] = [
        ("iss", #""acme-test""#), ("sub", #""ann@example.com""#), ("aud", #""https://cobrowse.io""#),
        ("iat", "1799999990"), ("exp", "1800000890"),
    ]

    private let key: RSAPrivateKey

    /// Signs with `key`.
    package init(_ key: KeyFixture = .cobrowse) throws {
        self.key = try key.privateKey
    }

    /// The required claims, or `claims`, with some replaced, added, or (`nil`) left out.
    package static func payload(
        _ changes: KeyValuePairs<String, String?> = [:], of claims: [(name: String, value: String)] = claims
    ) -> String {
        var claims = claims
        for (name, value) in changes {
            let place = claims.firstIndex { $0.name == name }
            switch (place, value) {
            case (let place?, let value?): claims[place].value = value
            case (let place?, nil): claims.remove(at: place)
            case (nil, let value?): claims.append((name, value))
            case (nil, nil): break
            }
        }
        return "{" + claims.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    /// A token with the required claims, some of them changed as `payload(_:)` does.
    package func token(
        header: String = TokenMaker.header, _ changes: KeyValuePairs<String, String?> = [:]
    ) throws(CryptoError) -> String {
        try token(header: Array(header.utf8), payload: Array(Self.payload(changes).utf8))
    }

    /// A genuine signature over any header and payload.
    package func token(header: [UInt8], payload: [UInt8]) throws(CryptoError) -> String {
        let input = "\(Base64URL.encode(header)).\(Base64URL.encode(payload))"
        return "\(input).\(Base64URL.encode(try signature(over: Array(input.utf8))))"
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 over `input`.
    package func signature(over input: [UInt8]) throws(CryptoError) -> [UInt8] {
        try TokenSigner(key).signature(over: input.span)
    }
}
