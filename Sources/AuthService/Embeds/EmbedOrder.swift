package import BridgeCore

/// The body of `POST /api/1/tenants/{license}/embed`: a page, and for whom.
package struct EmbedOrder: Sendable {
    package let agent: EmbedAgent
    package let request: EmbedRequest

    private static let names =
        ["token"] + TokenRequest.members + ["page", "record", "token_source"] + EmbedParameter.allCases.map(\.rawValue)

    /// Reads the members that the query of `GET` has, the record as an object; with `policy`, or `token` in the place
    /// of all that says who the agent is.
    ///
    /// - Throws: `configuration_invalid` with the place of what is missing, unknown, or does not go together.
    package init(_ value: JSONValue, license: License) throws(DocumentError) {
        let object = try DocumentObject(value, at: "", names: Self.names)
        agent = try EmbedAgent(object, license: license)
        request = try EmbedRequest(object)
    }
}

extension EmbedAgent {
    fileprivate init(_ object: DocumentObject, license: License) throws(DocumentError) {
        guard object.names.contains("token") else {
            guard object.names.contains("email") else {
                throw DocumentError(at: "email", "is missing", hint: "name the agent, or send the agent's token")
            }
            self = .named(try TokenRequest(object, license: license))
            return
        }
        if let name = ["email", "displayName", "role", "policy"].first(where: object.names.contains) {
            throw DocumentError(
                at: name, "does not go with token", hint: "leave it out: the decision about the token says it")
        }
        self = .bearer(Secret(Array(try object.text("token").utf8)), lifetime: try TokenRequest.lifetime(of: object))
    }
}

extension EmbedRequest {
    fileprivate init(_ object: DocumentObject) throws(DocumentError) {
        var parameters: [EmbedParameter: String] = [:]
        for parameter in EmbedParameter.allCases {
            parameters[parameter] = try object.word(parameter.rawValue, of: parameter.values ?? ["de", "pt-BR"]) {
                parameter.takes($0) ? $0 : nil
            }
        }
        self.init(
            page: try object.word("page", of: EmbedPage.allCases.map(\.rawValue), EmbedPage.init) ?? .dashboard,
            tokenSource: try object.word(
                "token_source", of: EmbedTokenSource.allCases.map(\.rawValue), EmbedTokenSource.init) ?? .url,
            parameters: parameters,
            record: try object.optional("record").map { value throws(DocumentError) in
                try CRMRecord(value, at: "record")
            })
    }
}
