internal import BridgeCore

/// What Entra's refusals mean, who can do something about them, and what.
///
/// Programs are to act on `error`, Microsoft says, for numbers and texts may change. So the number only chooses a better
/// sentence; one that is not in the table falls back on the word, and a word nobody knows is passed on as it came.
package enum EntraErrors {
    /// Which endpoint refused.
    package enum Endpoint: Sendable, Hashable {
        /// The token endpoint, on the bridge's own account: credentials are on trial.
        case credentials
        /// The authorization or token endpoint, for a person who signs in.
        case authorization
    }

    /// The refusal in our words.
    package static func explain(_ refusal: OAuthRefusal, at endpoint: Endpoint) -> ConnectorError {
        let known = refusal.numbers.lazy.compactMap { number in rows[number].map { (number, $0) } }.first
        if let (number, meaning) = known {
            let detail = "\(meaning.sentence) (AADSTS\(number))"
            return error(meaning, number: number, detail: detail, ownDetail: detail)
        }
        let meaning = words[refusal.error] ?? (endpoint == .credentials ? unknownCredentials : unknownSignIn)
        return error(
            meaning, number: refusal.numbers.first, detail: detail(meaning, refusal), ownDetail: meaning.sentence)
    }

    /// The sentence with the vendor's own words behind it, which is all there is to search for.
    private static func detail(_ meaning: RefusalMeaning, _ refusal: OAuthRefusal) -> String {
        let own = [refusal.error, refusal.text].filter { !$0.isEmpty }.joined(separator: ": ")
        return own.isEmpty ? meaning.sentence : "\(meaning.sentence): \(own)"
    }

    private static func error(
        _ meaning: RefusalMeaning, number: Int64?, detail: String, ownDetail: String
    ) -> ConnectorError {
        ConnectorError(
            meaning.code, detail, ownDetail: ownDetail, hint: meaning.fix, fixedBy: meaning.fixedBy,
            vendorCode: number.map { "AADSTS\($0)" }, retryAfter: meaning.code == .upstreamThrottled ? 60 : nil)
    }

    private static let unknownCredentials = RefusalMeaning(
        .credentialsRejected, "Entra refused the credentials",
        fix: "compare tenant id, client id and secret with the app registration", by: .tenantAdministrator)
    private static let unknownSignIn = RefusalMeaning(
        .signInBlocked, "Entra refused the sign-in", fix: "find the cause in Entra's sign-in log",
        by: .tenantAdministrator)
}
