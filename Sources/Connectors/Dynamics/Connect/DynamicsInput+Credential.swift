internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

extension DynamicsInput {
    /// What proves the client, and where it comes from.
    struct Credential {
        let proof: ClientCredential
        let origin: DynamicsCandidate.Credential
    }

    /// The credential for `clientID`; `nil` where there is none, which is said.
    ///
    /// - Throws: `password_wrong` where the stored one cannot be opened.
    mutating func credential(_ clientID: ClientID?) throws(ConnectorError) -> Credential? {
        let given = givenCredential()
        guard let clientID else {
            // Whichever client it will be, somebody has to bring what proves it.
            if isCredentialAbsent, stored?.credential == nil { noteMissingSecret() }
            return nil
        }
        guard clientID.isOwn else { return operatorsCredential() }
        if let given { return given }
        guard isCredentialAbsent else { return nil }
        guard let stored, let kept = stored.credential, stored.dynamics?.clientID == clientID.id,
            let proof = try clients.ownCredential(of: stored)
        else {
            noteMissingSecret()
            return nil
        }
        return Credential(proof: proof, origin: .stored(keptCredential(kept)))
    }

    private mutating func noteMissingSecret() {
        problems.note(
            "clientSecret", "is missing",
            hint: stored?.credential == nil
                ? "make a client secret under Certificates & secrets of the app registration, and copy its Value"
                : "the stored one belongs to another client: send that of this one")
    }

    private var isCredentialAbsent: Bool {
        draft.clientSecret == nil && draft.clientKey == nil && draft.clientCertificate.text == nil
            || draft.clientSecret == nil && draft.clientKey == nil && draft.clientCertificate.text == storedCertificate
    }

    private var storedCertificate: String? { stored?.credential?.certificatePEM }

    private mutating func operatorsCredential() -> Credential? {
        guard isCredentialAbsent else {
            problems.note(
                "clientSecret", "is given without clientId",
                hint:
                    "give the \(Self.clientName) that it belongs to; the operator's own registration has its secret in "
                    + "the configuration")
            return nil
        }
        return setup.operatorClient.map { Credential(proof: $0.credential, origin: .operators) }
    }

    /// The stored credential, with the end that is said of it now.
    private mutating func keptCredential(_ kept: StoredCredential) -> StoredCredential {
        guard kept.secret != nil, draft.secretExpiresAt != .absent else { return kept }
        let text = draft.secretExpiresAt.text
        guard text != kept.endsAt?.description else { return kept }
        return kept.secretEnding(at: secretEnd())
    }

    private mutating func givenCredential() -> Credential? {
        if draft.clientSecret != nil, draft.clientKey != nil {
            problems.note(
                "clientSecret", "is given beside clientKey", hint: "send the secret or the certificate, not both")
            return nil
        }
        if let secret = draft.clientSecret { return givenSecret(secret) }
        if let key = draft.clientKey { return givenCertificate(key) }
        if let pem = draft.clientCertificate.text, pem != storedCertificate {
            problems.note("clientKey", "is missing", hint: "send the private key of clientCertificate, as PEM")
        }
        return nil
    }
}

extension DynamicsInput {
    /// What Entra makes is 40 characters; some others are longer.
    private static let longestSecret = 512

    private mutating func givenSecret(_ secret: Secret) -> Credential? {
        let end = draft.secretExpiresAt == .absent || isPastEndOfStored ? nil : secretEnd()
        let bytes = secret.withBytes { span in span.indices.map { span[$0] } }
        let hint = "copy the Value of a client secret, which the portal shows once, from Certificates & secrets"
        if bytes.isEmpty {
            problems.note("clientSecret", "is empty", hint: hint)
        } else if GUID(CopiedText.unwrapped(String(decoding: bytes, as: UTF8.self))) != nil {
            problems.note(
                "clientSecret", "has the form of a GUID, so it is most likely the Secret ID and not the Value",
                hint: hint + "; if the Value was not kept, make a new secret")
        } else if bytes.count > Self.longestSecret || !bytes.allSatisfy({ (0x21...0x7E).contains($0) }) {
            problems.note(
                "clientSecret", "holds white space or other characters of no secret, or is too long",
                hint: hint + ", without anything around it")
        } else {
            return Credential(proof: .secret(secret), origin: .given(.secret(secret), endsAt: end))
        }
        return nil
    }

    /// Whether the end that was given is the stored one, sent back as it was answered, and has passed: it is that of the secret
    /// before.
    private var isPastEndOfStored: Bool {
        guard let end = stored?.credential?.secret?.endsAt else { return false }
        return end <= now && draft.secretExpiresAt.text == end.description
    }

    /// When the secret ends; `nil` where nobody says, and where what was said cannot be.
    private mutating func secretEnd() -> Timestamp? {
        guard let text = draft.secretExpiresAt.text else { return nil }
        let hint = "copy the date from Certificates & secrets, as 2027-01-15; leave it out if you do not know it"
        guard let end = SecretEnd.time(text) else {
            problems.note("secretExpiresAt", "\(quoted(text)) is no date", hint: hint)
            return nil
        }
        if end <= now {
            problems.note(
                "secretExpiresAt", "\(quoted(text)) has passed",
                hint: "make a new client secret in the same app registration, and send that")
        } else if end > SecretEnd.latest(at: now) {
            problems.note(
                "secretExpiresAt", "\(quoted(text)) is more than 24 months ahead, and no secret lasts longer",
                hint: hint)
        }
        return end
    }

    private mutating func givenCertificate(_ key: Secret) -> Credential? {
        guard let pem = draft.clientCertificate.text ?? storedCertificate else {
            problems.note(
                "clientCertificate", "is missing", hint: "send the certificate that clientKey belongs to, as PEM")
            return nil
        }
        do throws(CryptoError) {
            let certificate = try Certificate(reading: Array(pem.utf8), source: "the certificate")
            let privateKey = try key.withBytes { bytes throws(CryptoError) in
                try RSAPrivateKey(reading: bytes.indices.map { bytes[$0] }, source: "the key")
            }
            let proof = ClientCredential.certificate(try ClientCertificate(certificate, key: privateKey))
            guard problems.isInForce(certificate, at: now, knownTo: "app registration") else { return nil }
            return Credential(proof: proof, origin: .given(.certificate(certificate, key: privateKey), endsAt: nil))
        } catch {
            problems.note("clientCertificate", ConnectorError(error))
            return nil
        }
    }
}
