/// The parameter `scope`, taken apart.
struct SalesforceScope: Sendable, Hashable {
    let words: [String]

    static let known: Set = [
        "api", "web", "full", "refresh_token", "offline_access", "openid", "profile", "email", "address", "phone", "id",
        "custom_permissions", "chatter_api", "visualforce", "content", "lightning",
    ]

    /// What a grant without a scope of its own has.
    static let standard = SalesforceScope(words: ["id", "api"])
    /// What Canvas hands over.
    static let canvas = SalesforceScope(words: ["id", "api", "openid", "profile", "email"])

    private init(words: [String]) { self.words = words }

    /// - Throws: `invalid_scope` for a word nobody knows.
    init(_ text: String) throws(SalesforceOAuthError) {
        words = text.split(separator: " ").map(String.init)
        guard words.allSatisfy(Self.known.contains) else {
            throw SalesforceOAuthError("invalid_scope", "the requested scope is not allowed")
        }
    }

    func has(_ word: String) -> Bool { words.contains(word) }

    /// Whether the data API may be called.
    var allowsAPI: Bool { has("api") || has("full") }
    /// Whether user info and identity URL may be read.
    var allowsIdentity: Bool { has("id") || has("openid") || has("full") }

    var text: String { words.joined(separator: " ") }
}
