public import BridgeCore
internal import COpenSSL

/// What Salesforce and ServiceNow ask of a keystore, judged before one is made: their own messages come after an upload,
/// one at a time, and name no way out.
///
/// Sources: Salesforce Help, "Export and Import Certificates with a Keystore" and knowledge article 000387714 (one
/// password for file and key); "Create a CA-Signed Certificate" (the form of a unique name); JDK, `keytool` (6 characters).
public struct KeystorePreflight: Sendable {
    /// A rule that is broken.
    public struct Finding: Sendable, Hashable {
        public let code: ReasonCode
        /// What is wrong, one clause in lower case.
        public let detail: String
        /// What to do.
        public let hint: String
    }

    private let format: Keystore.Format
    private let alias: String
    private let password: Secret
    private let now: Timestamp

    public init(format: Keystore.Format, alias: String, password: Secret, now: Timestamp) {
        (self.format, self.alias, self.password, self.now) = (format, alias, password, now)
    }

    /// Every rule that is broken, the gravest first; what could not even be read counts as one.
    ///
    /// - Parameter chain: the key's own certificate first.
    public func findings(
        key: Result<RSAPrivateKey, CryptoError>, chain: Result<[Certificate], CryptoError>
    ) -> [Finding] {
        var findings: [Finding] = []
        let readKey = Self.value(of: key, &findings)
        let readChain = Self.value(of: chain, &findings) ?? []
        if let readKey { findings += size(of: readKey) }
        if case .success = chain, readChain.isEmpty {
            findings.append(Finding(.certificateMalformed, "there is no certificate", hint: "give the key's own"))
        }
        if let readKey, let own = readChain.first { findings += pair(readKey, own) }
        findings += order(of: readChain)
        for (index, certificate) in readChain.enumerated() { findings += dates(of: certificate, index: index) }
        return findings + name() + secret()
    }

    private static func value<Value>(of result: Result<Value, CryptoError>, _ findings: inout [Finding]) -> Value? {
        switch result {
        case .success(let value): return value
        case .failure(let error):
            findings.append(Finding(error.code, error.detail, hint: error.hint ?? "give another file"))
            return nil
        }
    }

    private func size(of key: RSAPrivateKey) -> [Finding] {
        guard ![2048, 3072, 4096].contains(key.publicKey.bits) else { return [] }
        return [
            Finding(
                .keyTooSmall, "the key has \(key.publicKey.bits) bits, and 2048, 3072 and 4096 are imported",
                hint: "make a new key: cobrowse-sso key generate --out key.pem --cert-out cert.crt")
        ]
    }

    private func pair(_ key: RSAPrivateKey, _ certificate: Certificate) -> [Finding] {
        guard !key.withPointer({ certificate.isPaired(with: $0) }) else { return [] }
        return [
            Finding(
                .conflict, "the certificate is another key's: it does not belong to the private key",
                hint: "give the two files that were made together")
        ]
    }

    private func order(of chain: [Certificate]) -> [Finding] {
        for (index, pair) in zip(chain, chain.dropFirst()).enumerated() where !pair.0.namesIssuer(pair.1) {
            return [
                Finding(
                    .conflict, "certificate \(index + 2) of the chain did not sign the one before it",
                    hint: "put the key's own certificate first, then the one that signed it, and so on")
            ]
        }
        return []
    }

    private func dates(of certificate: Certificate, index: Int) -> [Finding] {
        let name = index == 0 ? "the certificate" : "certificate \(index + 1) of the chain"
        if let end = certificate.notAfter, end < now {
            return [
                Finding(.certificateExpired, "\(name) expired on \(end)", hint: "have it renewed, or make a new one")
            ]
        }
        if let start = certificate.notBefore, start > now {
            return [
                Finding(
                    .certificateExpired, "\(name) is not valid before \(start)", hint: "check the clock, or wait")
            ]
        }
        return []
    }

    private func name() -> [Finding] {
        let hint = "use a name like cobrowseio"
        let rules: [(Bool, String)] = [
            (!alias.isEmpty, "has at least one character"),
            (alias.isEmpty || alias.first.map { $0.isASCII && $0.isLetter } ?? false, "begins with a letter"),
            (
                alias.utf8.allSatisfy { Self.isNameByte($0) },
                "has letters without accents, digits and underscores only"
            ),
            (!alias.hasSuffix("_"), "does not end with an underscore"),
            (!alias.contains("__"), "has no two underscores in a row"),
            (alias.utf8.count <= 80, "has at most 80 characters"),
        ]
        return rules.filter { !$0.0 }.map { rule in
            Finding(.configurationInvalid, "an alias \(rule.1), and \(quoted(alias)) does not", hint: hint)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private func secret() -> [Finding] {
        let (count, isText, hasControls) = password.withBytes { bytes in
            guard let text = try? UTF8Span(validating: bytes) else { return (0, false, false) }
            var (count, hasControls) = (0, false)
            var scalars = text.makeUnicodeScalarIterator()
            while let scalar = scalars.next() {
                count += 1
                if scalar.value < 0x20 || scalar.value == 0x7F { hasControls = true }
            }
            return (count, true, hasControls)
        }
        let hint = "write another one to the password file"
        guard isText else { return [Finding(.configurationInvalid, "the password is not UTF-8 text", hint: hint)] }
        var findings: [Finding] = []
        if count < 6, format == .jks || count == 0 {
            let least = format == .jks ? "at least 6 characters, for Java opens no other" : "at least 1 character"
            findings.append(Finding(.configurationInvalid, "the password of a keystore has \(least)", hint: hint))
        }
        if hasControls {
            let detail = "the password has control characters or more than one line, which nobody can type"
            findings.append(Finding(.configurationInvalid, detail, hint: hint))
        }
        return findings
    }
}

extension KeystorePreflight.Finding {
    init(_ code: ReasonCode, _ detail: String, hint: String) {
        self.init(code: code, detail: detail, hint: hint)
    }
}
