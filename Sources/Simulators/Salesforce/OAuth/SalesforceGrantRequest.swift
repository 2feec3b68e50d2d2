import BridgeCore
import HTTPMessage

/// A form that was posted to the token endpoint.
struct SalesforceGrantRequest {
    let form: Parameters
    let host: SalesforceHost
    /// The value of `Authorization`.
    let authorization: String?

    /// Who the client says it is, in the form or as HTTP Basic, and its secret if it sends one.
    ///
    /// - Throws: `invalid_client` for an `Authorization` that is not HTTP Basic.
    func client() throws(SalesforceOAuthError) -> (id: String?, secret: String?) {
        guard let authorization else { return (form["client_id"], form["client_secret"]) }
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "basic", let bytes = Base64.decode(words[1].utf8) else {
            throw .badClient
        }
        let halves = String(decoding: bytes, as: UTF8.self)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let id = PercentText.decode(halves[0], isForm: true),
            let secret = PercentText.decode(halves[1], isForm: true)
        else { throw .badClient }
        return (id, secret)
    }
}

extension SimulatedRequest {
    /// The form, which has to be posted as one.
    ///
    /// - Throws: `invalid_request`.
    func salesforceForm() throws(SalesforceOAuthError) -> Parameters {
        let type = field("Content-Type")?.split(separator: ";").first?.lowercased() ?? ""
        guard method == .post, type == "application/x-www-form-urlencoded" else {
            throw .invalid("must use HTTP POST")
        }
        return try salesforceParameters()
    }
}
