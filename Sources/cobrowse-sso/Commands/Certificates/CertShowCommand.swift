internal import BridgeCore
internal import BridgeCrypto

/// `cobrowse-sso cert show`.
enum CertShowCommand {
    private static let file = ArgumentSpec(
        "FILE", "certificate (PEM, DER, PKCS#7; spoilt text is repaired)", kind: .inputFile)

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
        let found = try CertificateFile.certificate(try input.bytes(), input.name)
        let report = try reporting { () throws(CryptoError) in try CertificateReport(found, now: now) }
        if context.wantsJSON {
            context.output.json { report.write(to: &$0) }
        } else {
            context.output.fields(report.fields)
            context.output.write(report.publicKeyPEM.utf8)
            context.messages.warnings(report.warnings)
        }
        return .success
    }
}

/// The fields of a certificate as they are shown, in this order.
private struct CertificateReport {
    let publicKeyPEM: String
    let warnings: [FileRemark]
    private let certificate: Certificate
    private let certificateSHA256: String
    private let publicKeySHA256: String

    init(_ found: Found<Certificate>, now: Timestamp) throws(CryptoError) {
        certificate = found.content
        certificateSHA256 = try certificate.sha256()
        publicKeySHA256 = try certificate.publicKeySHA256()
        publicKeyPEM = String(decoding: try certificate.publicKeyPEM(), as: UTF8.self)
        warnings = found.remarks + CertificateWarnings.all(certificate, now: now)
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
            writer.array { writer in for warning in warnings { writer.string(warning.text) } }
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
