internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// The query of `GET /api/1/tenants/{license}/embed`: for whom, which page, and Cobrowse's parameters by their own names.
struct EmbedQuery: Sendable {
    private let values: QueryValues

    init(_ values: QueryValues) {
        self.values = values
    }

    static let tokenSourceSummary = "With postMessage the token comes beside the URL and not in it; url by default."

    /// What the query may hold.
    static let parameters =
        [
            QueryParameter(name: "email", schema: .formatted("email"), summary: "The agent; required."),
            QueryParameter(
                name: "page", schema: .choice(EmbedPage.allCases.map(\.rawValue)),
                summary: "Which page; dashboard by default."),
            QueryParameter(
                name: "record", schema: .string,
                summary: #"JSON text, percent-encoded: {"type":"Case","fields":{"ContactEmail":"ann@example.com"}}."#),
            QueryParameter(
                name: "token_source", schema: .choice(EmbedTokenSource.allCases.map(\.rawValue)),
                summary: EmbedQuery.tokenSourceSummary),
            QueryParameter(
                name: "displayName", schema: .string, summary: "The agent's name, which customers may see."),
            QueryParameter(
                name: "role", schema: .choice(Role.allCases.map(\.rawValue)), summary: "The role in the token."),
            QueryParameter(
                name: "expiresIn", schema: .integer(1...86_400),
                summary: "Life of the token in seconds; 900 where the tenant allows that."),
        ]
        + EmbedParameter.allCases.map { parameter in
            QueryParameter(
                name: parameter.rawValue, schema: parameter.values.map(Schema.choice) ?? .string,
                summary: "Cobrowse's parameter: \(parameter.summary).")
        }

    /// The page that is asked for.
    ///
    /// - Throws: 400 `configuration_invalid` naming the parameter.
    func request() throws(RequestRefusal) -> EmbedRequest {
        var parameters: [EmbedParameter: String] = [:]
        for parameter in EmbedParameter.allCases {
            guard let text = try values.text(parameter.rawValue) else { continue }
            guard parameter.takes(text) else {
                throw .choice(parameter.rawValue, parameter.values ?? ["a language like de or pt-BR"])
            }
            parameters[parameter] = text
        }
        return EmbedRequest(
            page: try choice("page", EmbedPage.allCases) ?? .dashboard,
            tokenSource: try choice("token_source", EmbedTokenSource.allCases) ?? .url, parameters: parameters,
            record: try record())
    }

    /// The token that goes with it.
    ///
    /// - Throws: as `request`.
    func token(for license: License) throws(RequestRefusal) -> TokenRequest {
        guard let email = try values.email() else {
            throw .query("email", "is missing", hint: "name the agent the token is for")
        }
        let role: RoleClaim =
            switch try choice("role", Role.allCases) {
            case .agent: .agent
            case .administrator: .administrator
            case nil: .absent
            }
        return TokenRequest(
            license: license, email: email, displayName: try values.text("displayName"), role: role,
            lifetime: try lifetime())
    }

    private func lifetime() throws(RequestRefusal) -> Int64? {
        guard let text = try values.text("expiresIn") else { return nil }
        guard let seconds = Int64(text), seconds >= 1, text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") }) else {
            throw .query("expiresIn", "has to be a whole number of seconds, at least 1", hint: "for example 900")
        }
        return seconds
    }

    private func record() throws(RequestRefusal) -> CRMRecord? {
        guard let text = try values.text("record") else { return nil }
        do throws(DocumentError) {
            return try CRMRecord(parsing: text.utf8)
        } catch {
            throw .query("record", "is no record: \(error.detail)", hint: error.hint)
        }
    }

    private func choice<Value: RawRepresentable<String>>(
        _ name: String, _ choices: [Value]
    ) throws(RequestRefusal) -> Value? {
        guard let text = try values.text(name) else { return nil }
        guard let value = choices.first(where: { $0.rawValue == text }) else {
            throw .choice(name, choices.map(\.rawValue))
        }
        return value
    }
}

extension RequestRefusal {
    fileprivate static func choice(_ name: String, _ choices: [String]) -> RequestRefusal {
        .query(name, "has a value that is not known", hint: "write \(choices.joined(separator: " or "))")
    }
}
