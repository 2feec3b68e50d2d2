import BridgeCore
import BridgeCrypto

/// A JWT by which a client proves that it has the key of a certificate (Certificate credentials, Microsoft Learn).
struct ClientAssertion {
    private let token: CompactJWT
    private var header: JSONValue { token.header }
    private var claims: JSONValue { token.claims }

    /// - Throws: AADSTS50027 for what is no JWT.
    init(_ compact: String) throws(EntraError) {
        guard let token = CompactJWT(compact) else {
            throw .badAssertion(50_027, "JWT token is invalid or malformed.")
        }
        self.token = token
    }

    /// - Returns: what makes this assertion another than all others: the client and its `jti`.
    /// - Throws: AADSTS700027 for a key or signature that is no uploaded certificate's, 700021 for another client,
    ///   700023 for another audience, 700024 outside its time.
    func check(client: Client, audiences: [String], now: Timestamp) throws(EntraError) -> String {
        try checkSignature(client)
        guard claims["iss"]?.stringValue == client.id.value, claims["sub"]?.stringValue == client.id.value else {
            throw .badAssertion(
                700_021, "Client assertion application identifier doesn't match 'client_id' parameter.")
        }
        guard let audience = claims["aud"]?.stringValue, audiences.contains(audience) else {
            throw .badAssertion(
                700_023,
                "Client assertion audience claim does not match Realm issuer. Review the documentation at "
                    + "https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials ."
            )
        }
        try checkTime(now)
        guard let id = claims["jti"]?.stringValue, !id.isEmpty else {
            throw .badAssertion(50_027, "JWT token is invalid or malformed: the jti claim is missing.")
        }
        return "\(client.id) \(id)"
    }

    private func checkTime(_ now: Timestamp) throws(EntraError) {
        let late = EntraError.badAssertion(
            700_024,
            "Client assertion is not within its valid time range. Current time: \(now), expiry time of assertion "
                + "\(claims["exp"]?.integerValue ?? 0).")
        guard let expires = claims["exp"]?.integerValue, Timestamp(seconds: expires) > now else { throw late }
        // Five minutes, as Entra allows clocks to be apart.
        if let start = claims["nbf"]?.integerValue, Timestamp(seconds: start) > now.adding(seconds: 300) { throw late }
    }

    private func checkSignature(_ client: Client) throws(EntraError) {
        let (scheme, certificate) = try certificate(of: client)
        let isValid = try? certificate.certificate.publicKey()
            .isSignature(token.signature, over: token.signedText, scheme: scheme)
        guard isValid == true else {
            throw .badAssertion(
                700_027,
                "Client assertion failed signature validation. [Reason - The key was found, but the "
                    + "signature is not of it.]")
        }
    }

    private func certificate(
        of client: Client
    ) throws(EntraError) -> (RSASignatureScheme, Client.UploadedCertificate) {
        let scheme: RSASignatureScheme
        switch header["alg"]?.stringValue {
        case "PS256": scheme = .pss
        case "RS256": scheme = .pkcs1
        default: throw .badAssertion(50_027, "JWT token is invalid or malformed: the algorithm is not supported.")
        }
        let sha256 = header["x5t#S256"]?.stringValue.flatMap { Base64URL.decode($0.utf8) }
        let sha1 = header["x5t"]?.stringValue.flatMap { Base64URL.decode($0.utf8) }
        guard let certificate = client.certificates.first(where: { $0.sha256 == sha256 || $0.sha1 == sha1 }) else {
            let shown = Hex.encode(sha256 ?? sha1 ?? []).uppercased()
            throw .badAssertion(
                700_027,
                "The certificate with identifier used to sign the client assertion is not registered on application. "
                    + "[Reason - The key was not found., Thumbprint of key used by client: '\(shown)']")
        }
        return (scheme, certificate)
    }
}
