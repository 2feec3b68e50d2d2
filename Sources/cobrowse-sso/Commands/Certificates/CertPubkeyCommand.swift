internal import BridgeCore
internal import BridgeCrypto

/// `cobrowse-sso cert pubkey`.
enum CertPubkeyCommand {
    static let file = ArgumentSpec("FILE", "certificate (PEM, DER, PKCS#7; spoilt text is repaired)", kind: .inputFile)

    static var spec: CommandSpec {
        CommandSpec(
            ["cert", "pubkey"], summary: "Print the public key of a certificate",
            discussion: """
                Prints what openssl x509 -pubkey -noout prints, byte for byte: the text to paste under JWT SSO in the \
                account settings of Cobrowse. Of several certificates in a file the first one counts. cert show tells what is wrong with a \
                certificate.
                """,
            arguments: [file], examples: ["cert pubkey CobrowseIO.crt", "cert pubkey - --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let input = context.input(try arguments.required(file), malformed: .certificateMalformed)
        let found = try CertificateFile.certificate(try input.bytes(), input.name)
        let certificate = found.content
        let pem = try reporting { () throws(CryptoError) in try certificate.publicKeyPEM(source: input.name) }
        // The thorough look at the key takes longer than all the rest: it is for cert show and cert import.
        context.messages.warnings(found.remarks + [CertificateWarnings.keyAtFirstSight(certificate)].compactMap(\.self))
        guard context.wantsJSON else {
            context.output.write(pem)
            return .success
        }
        context.output.json { writer in
            writer.object { $0.member("publicKeyPEM", String(decoding: pem, as: UTF8.self)) }
        }
        return .success
    }
}
