package import BridgeCore

/// What a browser brings back from a provider (RFC 6749 §4.1.2, RFC 9207); nobody has vouched for any of it.
package struct AuthorizationCallback: Sendable {
    /// What became of the request.
    package enum Outcome: Sendable {
        case code(Secret)
        case refused(OAuthRefusal)
        /// Neither, or a code twice.
        case nothing
    }

    /// `nil` where it is missing, empty, or there twice.
    package let state: String?
    package let outcome: Outcome
    /// `iss`: the provider that says it answers.
    package let issuer: String?

    /// Reads the query of the request; a name that stands there twice counts as missing (RFC 6749 §3.1).
    ///
    /// `error` comes first: a provider that refuses may send other parameters along.
    package init(query: String) {
        let values = QueryFields(query)
        state = values["state"]
        issuer = values["iss"]
        if values.contains("error") {
            outcome = .refused(
                OAuthRefusal(error: values["error"] ?? "", text: values["error_description"] ?? ""))
        } else {
            outcome = values["code"].map { .code(Secret(Array($0.utf8))) } ?? .nothing
        }
    }
}
