internal import AuthService
internal import BridgeCore

/// `cobrowse-sso salesforce apex`.
enum SalesforceApexCommand {
    private static let certificate = FlagSpec.option(
        "--certificate-name", "NAME", "unique name of the org's certificate", default: ApexToken.standardCertificate)
    private static let className = FlagSpec.option(
        "--class-name", "NAME", "name of the class; its test is called NAMETest", default: ApexToken.standardClass)
    private static let expires = FlagSpec.option("--expires", "TIME", "life of a token, up to 24h", default: "15m")
    private static let only = FlagSpec.option(
        "--only", "NAMES", "permission sets, groups and custom permissions to name in the token, between commas",
        default: "all that a user has")
    private static let out = FlagSpec.option(
        "--out", "DIR", "existing directory for the four files of sf project deploy", kind: .directory)
    private static let force = FlagSpec.toggle("--force", "replace files that exist")

    static var spec: CommandSpec {
        CommandSpec(
            ["salesforce", "apex"], summary: "Print the Apex that signs tokens with the org's certificate",
            discussion: """
                Prints the steps, a class and its test, ready to paste; with --out it writes the files and prints the \
                steps. The private key stays in Salesforce. Nothing is read from or written to the store.

                Give --only the names that your rules ask for where users have so many permission sets that a token \
                would be longer than the 8 KiB the service takes.
                """,
            flags: [.license, certificate, className, expires, only, out, force, .dryRun],
            examples: [
                "salesforce apex --license trial12345",
                "salesforce apex --license trial12345 --out classes --expires 1h",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let token = try token(arguments)
        guard let directory = arguments.value(of: out) else {
            for flag in [force, .dryRun] where arguments.has(flag) {
                throw .usage("\(flag.name) is about files", hint: "give \(out.usage) too")
            }
            if context.wantsJSON {
                context.output.json(token.write)
            } else {
                context.output.write(token.pasteableText.utf8)
            }
            return .success
        }
        let files = token.files.map { file in
            let path = directory.hasSuffix("/") ? directory + file.name : "\(directory)/\(file.name)"
            return (
                target: OutputFile(path: path, replacesExisting: arguments.has(force), isSecret: false),
                content: file.content
            )
        }
        // All names are looked at before the first file is written.
        for file in files { try file.target.check() }
        guard !arguments.has(.dryRun) else {
            for file in files { context.output.print("would write \(Printable.line(file.target.path))") }
            return .success
        }
        for file in files { try file.target.write(Array(file.content.utf8)) }
        show(token, files.map(\.target.path), context)
        return .success
    }

    private static func show(_ token: ApexToken, _ paths: [String], _ context: CommandContext) {
        guard !context.wantsJSON else { return context.output.json(token.write) }
        for path in paths { context.output.print("wrote \(Printable.line(path))") }
        for (index, step) in token.steps.enumerated() { context.output.print("\n\(index + 1). \(step)") }
    }
}

extension SalesforceApexCommand {
    private static func token(_ arguments: ParsedArguments) throws(CommandFailure) -> ApexToken {
        let certificateText = arguments.value(of: certificate) ?? ApexToken.standardCertificate
        guard let certificateName = ApexName(certificate: certificateText) else {
            throw .usage("\(certificate.name) cannot be \(Printable.quoted(certificateText))", hint: ApexName.rule)
        }
        let classText = arguments.value(of: className) ?? ApexToken.standardClass
        guard let name = ApexName(class: classText) else {
            throw .usage(
                "\(className.name) cannot be \(Printable.quoted(classText))",
                hint: "\(ApexName.rule), at most 36 of them, and no word of Apex or of the class itself")
        }
        return ApexToken(
            license: try arguments.license(), certificate: certificateName, className: name,
            lifetime: try arguments.duration(of: expires, in: 1...86_400, standard: 15 * 60),
            namedByRules: try names(arguments))
    }

    private static func names(_ arguments: ParsedArguments) throws(CommandFailure) -> [String] {
        guard let text = arguments.value(of: only) else { return [] }
        return try text.split(separator: ",", omittingEmptySubsequences: false).map { part throws(CommandFailure) in
            let name = trimmed(part)
            guard ApexToken.isNameInRules(name) else {
                throw .usage(
                    "\(only.name) cannot hold \(Printable.quoted(name))",
                    hint: "names or labels of 1 to 255 characters between commas, as the rules write them")
            }
            return name
        }
    }

    private static func trimmed(_ part: Substring) -> String {
        guard let last = part.lastIndex(where: { $0 != " " }) else { return "" }
        return String(part[...last].drop { $0 == " " })
    }
}
