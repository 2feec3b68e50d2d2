internal import BridgeCore
package import BridgeCrypto

/// Makes ID tokens as Entra makes them, good but for what a test changes, and the key sets that belong to them.
package struct IDTokenMaker: Sendable {
    package static let tenantID = "11111111-aaaa-4bbb-8ccc-000000000001"
    package static let objectID = "22222222-aaaa-4bbb-8ccc-000000000002"
    package static let clientID = "33333333-aaaa-4bbb-8ccc-000000000003"
    package static let nonce = "Tm9uY2VOb25jZU5vbmNlTm9uY2VOb25jZU5vbmNlTm8"
    package static let accessToken = "ya29.access-token"
    package static let keyID = "entra-key-1"
    /// The issuer of every tenant, as the metadata of `organizations` writes it.
    package static let issuerTemplate = "https://login.microsoftonline.com/{tenantid}/v2.0"
    package static let issuer = "https://login.microsoftonline.com/\(tenantID)/v2.0"
    package static let header = #"{"typ":"JWT","alg":"RS256","kid":"entra-key-1"}"#

    /// The claims of a good token, each as its JSON value: issued five minutes before `TokenMaker.now`, as Entra does.
    package static let claims: [(name: String, value: String)] = [
        ("aud", "\"\(clientID)\""), ("iss", "\"\(issuer)\""), ("iat", "1799999700"), ("nbf", "1799999700"),
        ("exp", "1800003600"), ("name", #""Ann Example""#), ("nonce", "\"\(nonce)\""), ("oid", "\"\(objectID)\""),
        ("preferred_username", #""ann@example.com""#), ("sub", #""AAAAAAAAAAAAAAAAAAAAAPairwiseSubject""#),
        ("tid", "\"\(tenantID)\""), ("ver", #""2.0""#),
    ]

    private let maker: TokenMaker

    /// Signs with `key`.
    package init(_ key: KeyFixture = .cobrowse) throws {
        maker = try TokenMaker(key)
    }

    /// A token with some claims changed as `TokenMaker.payload` does.
    package func token(
        header: String = IDTokenMaker.header, _ changes: KeyValuePairs<String, String?> = [:]
    ) throws(CryptoError) -> String {
        let payload = TokenMaker.payload(changes, of: Self.claims)
        return try maker.token(header: Array(header.utf8), payload: Array(payload.utf8))
    }

    /// A JWK Set as Entra publishes it.
    ///
    /// - Parameters:
    ///   - keys: the keys and their `kid`.
    ///   - issuer: the member `issuer` of each; `nil` for none.
    package static func keySet(
        _ keys: [(key: KeyFixture, keyID: String)] = [(.cobrowse, keyID)], issuer: String? = issuerTemplate
    ) throws -> [UInt8] {
        var writer = JSONWriter()
        let publicKeys = try keys.map { (try $0.key.publicKey, $0.keyID) }
        writer.object { writer in
            writer.name("keys")
            writer.array { writer in
                for (key, keyID) in publicKeys { write(key, keyID, issuer, to: &writer) }
            }
        }
        return writer.bytes
    }

    private static func write(_ key: RSAPublicKey, _ keyID: String, _ issuer: String?, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("kty", "RSA")
            writer.member("use", "sig")
            writer.member("kid", keyID)
            writer.member("x5t", keyID)
            writer.member("n", Base64URL.encode(key.modulus))
            writer.member("e", Base64URL.encode(key.exponent))
            writer.name("x5c")
            writer.array { $0.string("MIIC...") }
            if let issuer { writer.member("issuer", issuer) }
        }
    }
}
