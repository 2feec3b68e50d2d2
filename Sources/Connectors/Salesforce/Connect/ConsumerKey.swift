internal import AuthService
internal import BridgeCore

/// The Consumer Key of a connected app, which Salesforce calls `client_id` everywhere else.
package enum ConsumerKey {
    /// What `text` is instead, in the words of whoever copied it; `nil` for what may be one. A secret is never repeated.
    ///
    /// - Parameter repeating: whether to say the text again: not where the secret may stand in its place.
    package static func problem(_ text: String, repeating: Bool = true) -> String? {
        let subject = repeating ? "\(quoted(text)) " : ""
        if text.isEmpty { return "is empty" }
        if CopiedText.looksLikeConsumerSecret(text) {
            return "has the form of a Consumer Secret, not of a Consumer Key"
        }
        if text.contains("@") { return "\(subject)is a username" }
        if GUID(text) != nil { return "\(subject)is a GUID, as Entra's applications have" }
        if SalesforceID(text) != nil { return "\(subject)is the id of a record, not the app's Consumer Key" }
        guard text.utf8.count <= 512, text.utf8.allSatisfy(CopiedText.isPartOfKey) else {
            return "\(subject)is no Consumer Key, which has letters, digits, dots, hyphens and underscores"
        }
        return nil
    }
}
