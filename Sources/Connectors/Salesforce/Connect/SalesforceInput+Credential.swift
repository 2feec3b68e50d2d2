internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

extension SalesforceInput {
    /// What proves the client, and where it comes from.
    struct Credential {
        let proof: SalesforceCredential
        let origin: SalesforceCandidate.Credential
    }

    /// The credential for `clientID`; `nil` where there is none, which is said.
    ///
    /// - Throws: `password_wrong` where the stored one cannot be opened.
    mutating func credential(_ clientID: ClientID?) throws(ConnectorError) -> Credential? {
        guard let clientID else {
            // Whichever app it will be, somebody has to bring what proves it.
            if isNothingGiven, stored?.credential == nil { noteMissing() }
            return nil
        }
        guard clientID.isOwn else { return operatorsCredential() }
        let kept = try keptCredential(of: clientID)
        let (secret, key) = (secret(kept: kept?.secret), key(kept: kept))
        guard secret != nil || key != nil else {
            if isNothingGiven { noteMissing() }
            return nil
        }
        let proof = SalesforceCredential(secret: secret, key: key?.key, certificate: key?.certificate)
        let known = kept == nil ? nil : stored?.credential
        if secret == nil, saysNewEnd { noteLoneEnd() }
        let end = secret == nil ? nil : secretEnd(kept: known?.secret?.endsAt)
        if let known, !changesCredential(kept: kept, key) {
            return Credential(
                proof: proof, origin: .stored(end == known.secret?.endsAt ? known : known.secretEnding(at: end)))
        }
        return Credential(proof: proof, origin: .given(proof, secretEndsAt: end))
    }

    /// What is stored for the same client: another client's secret and key prove nothing.
    private func keptCredential(of clientID: ClientID) throws(ConnectorError) -> SalesforceCredential? {
        guard let stored, stored.credential != nil, known?.clientID == clientID.value else { return nil }
        return try clients.ownCredential(of: stored)
    }

    /// Whether anything is other than it is stored.
    private func changesCredential(kept: SalesforceCredential?, _ key: Key?) -> Bool {
        if case .absent = draft.clientSecret, case .absent = draft.clientKey {
            return key?.certificate?.der != kept?.certificate?.der
        }
        return true
    }

    private var isNothingGiven: Bool { draft.clientSecret.secret == nil && draft.clientKey.secret == nil }

    private mutating func noteMissing() {
        let isOther = stored?.credential != nil && known != nil
        problems.note(
            "clientSecret", "is missing, and so is clientKey",
            hint: isOther
                ? "the stored ones belong to another app, or are to go: send what proves this one"
                : "give the Consumer Secret for web sign-in, the private key for the integration user, or both")
    }

    private mutating func operatorsCredential() -> Credential? {
        let given = [
            ("clientSecret", draft.clientSecret.secret != nil), ("clientKey", draft.clientKey.secret != nil),
            ("clientCertificate", saysNewCertificate), ("secretExpiresAt", saysNewEnd),
        ].first(where: \.1)
        if let given {
            problems.note(
                given.0, "is given without clientId",
                hint:
                    "give the Consumer Key of the app that it belongs to; the operator's own app has its secret in the "
                    + "configuration")
            return nil
        }
        return setup.operatorClient.map { client in
            Credential(proof: SalesforceCredential(secret: client.secret, key: nil), origin: .operators)
        }
    }
}

extension SalesforceInput {
    /// What Salesforce makes is 64 characters.
    private static let longestSecret = 512
    private static let secretHint =
        "copy the Consumer Secret of the app (Manage Consumer Details), without anything around it"

    private mutating func secret(kept: Secret?) -> Secret? {
        switch draft.clientSecret {
        case .absent: return kept
        case .none: return nil
        case .given(let secret):
            if let problem = Self.problem(ofSecret: secret) {
                problems.note("clientSecret", problem, hint: Self.secretHint)
            }
            return secret
        }
    }

    /// What is no secret, without repeating it.
    private static func problem(ofSecret secret: Secret) -> String? {
        let text = secret.text
        if text.isEmpty { return "is empty" }
        if text.contains("-----BEGIN") { return "is a PEM file, which belongs into clientKey or clientCertificate" }
        if CopiedText.looksLikeConsumerKey(text) { return "has the form of a Consumer Key, and not of its secret" }
        guard text.utf8.count <= longestSecret, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return "holds white space or other characters of no secret, or is too long"
        }
        return nil
    }

    private var storedEnd: Timestamp? { stored?.credential?.secret?.endsAt }

    /// Whether an end was given that is another than the answer about the connection has.
    private var saysNewEnd: Bool {
        draft.secretExpiresAt.text.map { $0 != storedEnd?.description } ?? false
    }

    private mutating func noteLoneEnd() {
        problems.note(
            "secretExpiresAt", "is given without clientSecret", hint: "give the secret that ends then, or leave it out")
    }

    /// When the secret ends; `nil` where nobody says, and where what was said cannot be.
    private mutating func secretEnd(kept: Timestamp?) -> Timestamp? {
        let text: String
        switch draft.secretExpiresAt {
        case .absent:
            // The end that is known is that of the secret before.
            if case .given = draft.clientSecret { return nil }
            return kept
        case .none: return nil
        case .text(let given): text = given
        }
        // Sent back as it was answered it says nothing new; beside a new secret it is that of the one before, if it has passed.
        if !saysNewEnd {
            if case .absent = draft.clientSecret { return kept }
            if let storedEnd, storedEnd <= now { return nil }
        }
        let hint = "write when the secret is to be rotated, as 2027-01-15; Salesforce's own have no end"
        guard let end = SecretEnd.time(text) else {
            problems.note("secretExpiresAt", "\(quoted(text)) is no date", hint: hint)
            return nil
        }
        if end <= now { problems.note("secretExpiresAt", "\(quoted(text)) has passed", hint: hint) }
        return end
    }
}

extension SalesforceInput {
    /// A private key, and its certificate where one was given.
    struct Key {
        let key: RSAPrivateKey
        let certificate: Certificate?
    }

    /// The key: the given one, or the stored one; either may get a certificate.
    private mutating func key(kept: SalesforceCredential?) -> Key? {
        let key: RSAPrivateKey
        switch draft.clientKey {
        case .absent:
            guard let kept = kept?.key else {
                if saysNewCertificate { noteLoneCertificate() }
                return nil
            }
            key = kept
        case .none:
            if saysNewCertificate { noteLoneCertificate() }
            return nil
        case .given(let pem):
            guard let given = givenKey(pem) else { return nil }
            key = given
        }
        return Key(key: key, certificate: certificate(of: key, kept: kept?.certificate))
    }

    /// Whether a certificate was given that is another than the answer about the connection has.
    private var saysNewCertificate: Bool {
        draft.clientCertificate.text.map { $0 != stored?.credential?.certificatePEM } ?? false
    }

    private mutating func noteLoneCertificate() {
        problems.note(
            "clientCertificate", "is given without clientKey", hint: "send the private key that belongs to it, as PEM")
    }

    private mutating func givenKey(_ pem: Secret) -> RSAPrivateKey? {
        do throws(CryptoError) {
            return try pem.withBytes { bytes throws(CryptoError) in
                try RSAPrivateKey(reading: bytes.indices.map { bytes[$0] }, source: "the key")
            }
        } catch {
            let isEncrypted = error.code == .passwordWrong
            problems.note(
                "clientKey", isEncrypted ? "is encrypted" : error.detail,
                hint: isEncrypted
                    ? "decrypt it first: openssl pkey -in key.pem -out plain.pem"
                    : error.hint ?? "send the private key as PEM")
            return nil
        }
    }

    /// The certificate of `key`; a stored one that belongs to the key before is left out.
    private mutating func certificate(of key: RSAPrivateKey, kept: Certificate?) -> Certificate? {
        switch draft.clientCertificate {
        case .none: return nil
        case .absent:
            guard let kept, (try? kept.publicKey()) == key.publicKey else { return nil }
            return kept
        case .text(let pem):
            // Sent back as it was answered it says nothing new, and beside a new key nothing at all.
            if let kept, pem == kept.pem { return (try? kept.publicKey()) == key.publicKey ? kept : nil }
            return givenCertificate(pem, of: key)
        }
    }

    private mutating func givenCertificate(_ pem: String, of key: RSAPrivateKey) -> Certificate? {
        do throws(CryptoError) {
            let certificate = try Certificate(reading: Array(pem.utf8), source: "the certificate")
            // Refuses a certificate of another key.
            _ = try ClientCertificate(certificate, key: key, scheme: .pkcs1)
            return problems.isInForce(certificate, at: now, knownTo: "app") ? certificate : nil
        } catch {
            problems.note("clientCertificate", ConnectorError(error))
            return nil
        }
    }
}
