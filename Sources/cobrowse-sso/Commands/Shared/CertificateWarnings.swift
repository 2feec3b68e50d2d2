internal import BridgeCore
internal import BridgeCrypto

/// What is to be said about a certificate besides its fields.
enum CertificateWarnings {
    /// From how long before its end a certificate is reported, in days.
    static let noticeDays: Int64 = 30

    /// All warnings, the gravest first, each one clause in lower case.
    static func all(_ certificate: Certificate, now: Timestamp) -> [String] {
        [key(certificate), validity(certificate, now: now)].compactMap { $0 } + signature(certificate)
    }

    /// What stands against the public key: not RSA, or weaker than RSA-2048 for whatever reason.
    static func key(_ certificate: Certificate) -> String? {
        do throws(CryptoError) {
            _ = try certificate.publicKey(source: "the key in the certificate")
            return nil
        } catch {
            return error.detail
        }
    }

    /// What stands against the public key at first sight: its algorithm and its size. Costs next to nothing.
    static func keyAtFirstSight(_ certificate: Certificate) -> String? {
        let (algorithm, bits) = certificate.publicKeySummary
        if algorithm != "RSA" { return "the key in the certificate is \(algorithm), not RSA" }
        return bits < 2048 ? "the key in the certificate is too weak: it has \(bits) bits, 2048 are needed" : nil
    }

    /// What stands against the time of use; dates as in the certificate.
    static func validity(notBefore: Timestamp?, notAfter: Timestamp?, now: Timestamp) -> String? {
        if let notAfter, notAfter < now { return "the certificate expired on \(notAfter)" }
        if let notBefore, notBefore > now { return "the certificate is not valid before \(notBefore)" }
        guard let notAfter, notAfter < now.adding(seconds: noticeDays * 86_400) else { return nil }
        return "the certificate expires soon, on \(notAfter)"
    }

    /// The same of a certificate.
    static func validity(_ certificate: Certificate, now: Timestamp) -> String? {
        validity(notBefore: certificate.notBefore, notAfter: certificate.notAfter, now: now)
    }

    /// What stands against the signature and the purpose. A self-signed authority is no news: Salesforce makes them.
    static func signature(_ certificate: Certificate) -> [String] {
        var warnings: [String] = []
        if certificate.hasWeakSignature {
            warnings.append("the certificate is signed with \(certificate.signatureAlgorithm), which can be forged")
        }
        if certificate.isAuthority, certificate.subject != certificate.issuer {
            warnings.append("the certificate belongs to an authority that signs others, not to one that signs tokens")
        }
        return warnings
    }
}
