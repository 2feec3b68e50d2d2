internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// The flags of `embed-url`, and the request they make.
enum EmbedFlags {
    static let email = FlagSpec.option("--email", "E", "e-mail address of the agent", required: true)
    static let page = FlagSpec.option(
        "--page", "PAGE", "which page", kind: .oneOf(EmbedPage.allCases.map(\.rawValue)), default: "dashboard")
    static let record = FlagSpec.option(
        "--record", "FILE", "JSON of the record that the devices are filtered by", kind: .inputFile,
        default: "none, all devices are listed")
    static let name = FlagSpec.option("--name", "N", "name to show to customers")
    static let expires = FlagSpec.option(
        "--expires", "TIME", "life of the token, up to what the tenant allows", default: "15m")
    static let tokenSource = FlagSpec.option(
        "--token-source", "HOW", "how the page comes by the token",
        kind: .oneOf(EmbedTokenSource.allCases.map(\.rawValue)), default: "url")

    /// The flags that stand for parameters of the page.
    static let parameters: [(flag: FlagSpec, parameter: EmbedParameter)] = EmbedParameter.allCases.map { parameter in
        let words = parameter == .language ? "language" : parameter.rawValue.replacing("_", with: "-")
        let kind = parameter.values.map(ValueKind.oneOf) ?? .text
        let placeholder = parameter == .language ? "LANG" : "WORD"
        return (.option("--\(words)", placeholder, parameter.summary, kind: kind), parameter)
    }

    /// What the flags ask for; the record is read.
    static func request(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> EmbedRequest {
        var values: [EmbedParameter: String] = [:]
        for (flag, parameter) in parameters {
            guard let text = arguments.value(of: flag) else { continue }
            guard parameter.takes(text) else {
                throw .usage("\(flag.name) cannot be \(Printable.quoted(text))", hint: "write it like de or pt-BR")
            }
            values[parameter] = text
        }
        return EmbedRequest(
            page: arguments.value(of: page).flatMap(EmbedPage.init) ?? .dashboard,
            tokenSource: arguments.value(of: tokenSource).flatMap(EmbedTokenSource.init) ?? .url,
            parameters: values, record: try crmRecord(arguments, context))
    }

    /// The token that goes with it; the policy is read.
    static func token(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> TokenRequest {
        let text = try arguments.required(email)
        guard let address = EmailAddress(text) else {
            throw .usage("--email cannot be \(Printable.quoted(text))", hint: "write it like ann@example.com")
        }
        var request = TokenRequest(license: try arguments.license(), email: address)
        request.displayName = arguments.value(of: name)
        request.role = try arguments.roleClaim()
        request.policy = try arguments.value(of: .policy).map { path throws(CommandFailure) in
            try TenantDocumentFile.reading(context.input(path)) { bytes throws(DocumentError) in
                try Policy(parsing: bytes).document
            }
        }
        if arguments.has(expires) {
            request.lifetime = try arguments.duration(of: expires, in: 1...86_400, standard: TokenMint.standardLifetime)
        }
        return request
    }

    private static func crmRecord(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> CRMRecord? {
        guard let path = arguments.value(of: record) else { return nil }
        return try TenantDocumentFile.reading(context.input(path)) { bytes throws(DocumentError) in
            try CRMRecord(parsing: bytes)
        }
    }
}
