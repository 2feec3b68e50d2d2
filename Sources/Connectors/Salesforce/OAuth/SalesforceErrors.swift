internal import BridgeCore

/// What Salesforce's OAuth refusals mean, who can do something about them, and what.
///
/// The word `error` covers many causes, and some texts name another cause than the real one. So the text chooses first, the
/// word second; both are looked for in small letters, since they differ between Salesforce's own servers.
package enum SalesforceErrors {
    /// What was asked for.
    package enum Endpoint: Sendable, Hashable, CaseIterable {
        /// A token of the integration user, by an assertion (JWT bearer).
        case assertion
        /// A token of the integration user, by the secret.
        case clientCredentials
        /// The authorization or token endpoint, for a person who signs in.
        case authorization

        /// Whether the bridge's own access is on trial.
        var isOwn: Bool { self != .authorization }
    }

    /// The refusal in our words.
    package static func explain(_ refusal: OAuthRefusal, at endpoint: Endpoint) -> ConnectorError {
        let (word, text) = (refusal.error.lowercased(), refusal.text.lowercased())
        let meaning =
            texts.first { $0.endpoints.contains(endpoint) && $0.isMeant(word, text) }?.meaning
            ?? words.first { $0.endpoints.contains(endpoint) && $0.words.contains(word) }?.meaning
            ?? (endpoint.isOwn ? unknownCredentials : unknownSignIn)
        let own = [refusal.error, refusal.text].filter { !$0.isEmpty }.joined(separator: ": ")
        return ConnectorError(
            meaning.code, own.isEmpty ? meaning.sentence : "\(meaning.sentence) (\(own))", ownDetail: meaning.sentence,
            hint: meaning.fix, fixedBy: meaning.fixedBy, vendorCode: refusal.error,
            retryAfter: meaning.code == .upstreamThrottled ? 60 : nil)
    }

    private static let unknownCredentials = RefusalMeaning(
        .credentialsRejected, "Salesforce refused the credentials",
        fix: "compare login URL, consumer key and secret or certificate with the app in Setup", by: .tenantAdministrator
    )
    private static let unknownSignIn = RefusalMeaning(
        .signInBlocked, "Salesforce refused the sign-in", fix: "find the cause in Setup > Login History",
        by: .tenantAdministrator)
}

extension SalesforceErrors {
    /// A meaning, and what it is known by.
    struct Row: Sendable {
        /// Any of these words.
        let words: Set<String>
        /// Any of these parts of a text.
        let parts: [String]
        let endpoints: Set<Endpoint>
        let meaning: RefusalMeaning

        init(
            words: Set<String> = [], parts: [String] = [], at endpoints: Set<Endpoint> = Set(Endpoint.allCases),
            _ code: ReasonCode, _ sentence: String, fix: String, by fixedBy: FixedBy?
        ) {
            self.words = words
            self.parts = parts
            self.endpoints = endpoints
            meaning = RefusalMeaning(code, sentence, fix: fix, by: fixedBy)
        }

        /// Whether the text says so; some servers write it into the word.
        func isMeant(_ word: String, _ text: String) -> Bool {
            parts.contains { text.contains($0) || word.contains($0) }
        }
    }
}
