package import BridgeCore

/// What is to be said about a certificate besides its fields; nothing of it keeps a key from being trusted, save what
/// `key` says.
package enum CertificateWarnings {
    /// From how long before its end a certificate is reported, in days.
    private static let noticeDays: Int64 = 30

    /// All warnings, the gravest first.
    package static func all(_ certificate: Certificate, now: Timestamp) -> [FileRemark] {
        [key(certificate), validity(certificate, now: now)].compactMap(\.self) + lasting(certificate)
    }

    /// What stands against the certificate at any time: how it is signed, and what it is for.
    package static func lasting(_ certificate: Certificate) -> [FileRemark] {
        [signature(certificate), purpose(certificate)].compactMap(\.self)
    }

    /// What stands against the public key: not RSA, or weaker than RSA-2048 for whatever reason.
    private static func key(_ certificate: Certificate) -> FileRemark? {
        do throws(CryptoError) {
            _ = try certificate.publicKey(source: "the key in the certificate")
            return nil
        } catch {
            return FileRemark(error.detail, hint: error.hint)
        }
    }

    /// What stands against the public key at first sight: its algorithm and its size. Costs next to nothing.
    package static func keyAtFirstSight(_ certificate: Certificate) -> FileRemark? {
        let hint = "Cobrowse and this bridge refuse what it signs"
        let (algorithm, bits) = certificate.publicKeySummary
        if algorithm != "RSA" { return FileRemark("the key in the certificate is \(algorithm), not RSA", hint: hint) }
        guard bits < RSAKeyStrength.smallest else { return nil }
        return FileRemark(
            "the key in the certificate is too weak: it has \(bits) bits, \(RSAKeyStrength.smallest) are needed",
            hint: hint)
    }

    /// What stands against the time of use; dates as in the certificate.
    package static func validity(notBefore: Timestamp?, notAfter: Timestamp?, now: Timestamp) -> FileRemark? {
        if let notAfter, notAfter < now {
            return FileRemark(
                "the certificate expired on \(notAfter)",
                hint: "tokens are accepted all the same: replace it where they are signed")
        }
        if let notBefore, notBefore > now {
            return FileRemark(
                "the certificate is not valid before \(notBefore)",
                hint: "tokens are accepted all the same: check that it is the right file, and the clock")
        }
        guard let notAfter, notAfter < now.adding(seconds: noticeDays * 86_400) else { return nil }
        return FileRemark(
            "the certificate expires soon, on \(notAfter)",
            hint: "make the next one; cert replace changes over with nobody locked out")
    }

    /// The same of a certificate.
    package static func validity(_ certificate: Certificate, now: Timestamp) -> FileRemark? {
        validity(notBefore: certificate.notBefore, notAfter: certificate.notAfter, now: now)
    }

    private static func signature(_ certificate: Certificate) -> FileRemark? {
        guard certificate.hasWeakSignature else { return nil }
        return FileRemark(
            "the certificate is signed with \(certificate.signatureAlgorithm), which can be forged",
            hint: "compare its fingerprint with whoever made it; the next one had better be signed with SHA-256")
    }

    /// A self-signed authority is no news: Salesforce makes them.
    private static func purpose(_ certificate: Certificate) -> FileRemark? {
        guard certificate.isAuthority, certificate.subject != certificate.issuer else { return nil }
        return FileRemark(
            "the certificate belongs to an authority that signs others, not to one that signs tokens",
            hint: "give the certificate of the key that signs tokens")
    }
}
