package import BridgeCore

/// Signs assertions of a client (RFC 7523 §2).
package struct AssertionSigner: Sendable {
    private let key: RSAPrivateKey
    private let scheme: RSASignatureScheme
    /// The encoded header and the dot behind it.
    private let prefix: [UInt8]

    /// Signs as Entra asks for it (Certificate credentials, Microsoft Learn): `PS256` with `x5t#S256`, the SHA-256 of the
    /// certificate's DER, or `RS256` with `x5t`, the SHA-1 of it, which alone older registrations know.
    ///
    /// - Throws: `internal`.
    package init(_ certificate: ClientCertificate) throws(CryptoError) {
        let der = certificate.certificate.der
        let thumbprint: (name: String, digest: [UInt8]) =
            switch certificate.scheme {
            case .pss: ("x5t#S256", try SHA256Digest(of: der).bytes)
            case .pkcs1: ("x5t", try SHA1Hasher.digest(der))
            }
        self.init(certificate.key, certificate.scheme) { header in
            header.member(thumbprint.name, Base64URL.encode(thumbprint.digest))
        }
    }

    /// Signs `RS256` and names no key, as Salesforce's JWT bearer flow has it.
    package init(_ key: RSAPrivateKey) {
        self.init(key, .pkcs1) { _ in }
    }

    private init(_ key: RSAPrivateKey, _ scheme: RSASignatureScheme, _ thumbprint: (inout JSONWriter) -> Void) {
        var header = JSONWriter(capacity: 128)
        header.object { writer in
            writer.member("alg", scheme == .pss ? "PS256" : "RS256")
            writer.member("typ", "JWT")
            thumbprint(&writer)
        }
        var prefix: [UInt8] = []
        Base64URL.encode(header.bytes.span, appendingTo: &prefix)
        prefix.append(UInt8(ascii: "."))
        self.key = key
        self.scheme = scheme
        self.prefix = prefix
    }

    /// The compact serialization of an assertion, which is as good as a password while it lasts.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package func sign(_ claims: AssertionClaims) throws(CryptoError) -> Secret {
        var assertion = prefix
        Base64URL.encode(claims.json.span, appendingTo: &assertion)
        let signature = try RSASigningContext(key, scheme).signature(over: assertion.span)
        assertion.append(UInt8(ascii: "."))
        Base64URL.encode(signature.span, appendingTo: &assertion)
        return Secret(assertion)
    }
}
