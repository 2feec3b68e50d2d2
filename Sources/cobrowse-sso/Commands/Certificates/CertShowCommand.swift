internal import BridgeCore
internal import BridgeCrypto

/// `cobrowse-sso cert show`.
enum CertShowCommand {
    private static let file = ArgumentSpec("FILE", "certificate, PEM or DER", kind: .inputFile)

    static var spec: CommandSpec {
        CommandSpec(
            ["cert", "show"], summary: "Show what is in a certificate and what is wrong with it",
            discussion: """
                Fingerprints are SHA-256 in lower-case hexadecimal: certificateSHA256 of the whole certificate, \
                publicKeySHA256 of the public key in it.
                """,
            arguments: [file], flags: [.now],
            examples: ["cert show CobrowseIO.crt", "cert show CobrowseIO.crt --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let now = try arguments.now()
        let input = context.input(try arguments.required(file), malformed: .certificateMalformed)
        let bytes = try input.bytes()
        let certificate = try CertificateFile.certificate(bytes, input.name)
        let report = try reporting { () throws(CryptoError) in
            try CertificateReport(certificate, fileWarnings: fileWarnings(bytes, input.name), now: now)
        }
        if context.wantsJSON {
            context.output.json { report.write(to: &$0) }
        } else {
            context.output.fields(report.fields)
            context.output.write(report.publicKeyPEM.utf8)
            for warning in report.warnings { context.messages.warning(warning) }
        }
        return .success
    }

    /// What is to be said about the file around the certificate.
    static func fileWarnings(_ bytes: [UInt8], _ name: String) -> [String] {
        var warnings: [String] = []
        let count = CertificateFile.certificateCount(bytes)
        if count > 1 { warnings.append("\(name) holds \(count) certificates, only the first one is read") }
        if CertificateFile.holdsPrivateKey(bytes) {
            warnings.append("\(name) holds a private key too: keep it from others, and hand on the certificate alone")
        }
        return warnings
    }
}

/// The fields of a certificate as they are shown, in this order.
private struct CertificateReport {
    let publicKeyPEM: String
    let warnings: [String]
    private let certificate: Certificate
    private let certificateSHA256: String
    private let publicKeySHA256: String

    init(_ certificate: Certificate, fileWarnings: [String], now: Timestamp) throws(CryptoError) {
        self.certificate = certificate
        certificateSHA256 = try certificate.sha256()
        publicKeySHA256 = try certificate.publicKeySHA256()
        publicKeyPEM = String(decoding: try certificate.publicKeyPEM(), as: UTF8.self)
        warnings = CertificateWarnings.all(certificate, now: now) + fileWarnings
    }

    var fields: FieldList {
        var list = FieldList()
        for (name, value) in texts { list.add(name, value) }
        list.add("keyBits", "\(certificate.publicKeySummary.bits)")
        for (name, value) in digests { list.add(name, value) }
        return list
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            for (name, value) in texts { writer.member(name, value) }
            writer.member("keyBits", certificate.publicKeySummary.bits)
            for (name, value) in digests { writer.member(name, value) }
            writer.member("publicKeyPEM", publicKeyPEM)
            writer.name("warnings")
            writer.array { writer in for warning in warnings { writer.string(warning) } }
        }
    }

    private var texts: [(String, String?)] {
        [
            ("subject", certificate.subject), ("issuer", certificate.issuer), ("serial", certificate.serialNumber),
            ("notBefore", certificate.notBefore?.description), ("notAfter", certificate.notAfter?.description),
        ]
    }

    private var digests: [(String, String)] {
        [
            ("signatureAlgorithm", certificate.signatureAlgorithm), ("certificateSHA256", certificateSHA256),
            ("publicKeySHA256", publicKeySHA256),
        ]
    }
}
