/// The parameter `scope`, taken apart: OpenID's own words, and permissions of APIs (Scopes and permissions, Microsoft Learn).
struct ScopeRequest: Sendable, Hashable {
    /// Of `openid profile email offline_access`, those asked for.
    let openID: Set<String>
    /// The APIs, by their identifiers, each with the permissions asked for.
    let resources: [Resource]

    struct Resource: Sendable, Hashable {
        /// Everything before the last slash: `https://host//.default` asks for `https://host/`.
        let identifier: String
        var permissions: [String]
    }

    /// The API of scopes without an identifier.
    static let graph = "https://graph.microsoft.com"
    private static let openIDScopes: Set = ["openid", "profile", "email", "offline_access"]

    /// - Throws: AADSTS70011 for a word that can be no scope, and for `.default` beside other permissions of its API.
    init(_ text: String) throws(EntraError) {
        var openID: Set<String> = []
        var resources: [Resource] = []
        for word in text.split(separator: " ").map(String.init) {
            if Self.openIDScopes.contains(word) {
                openID.insert(word)
                continue
            }
            let (identifier, permission) = Self.parts(of: word)
            guard !identifier.isEmpty, !permission.isEmpty else { throw .invalidScope(word) }
            if let index = resources.firstIndex(where: { $0.identifier == identifier }) {
                resources[index].permissions.append(permission)
            } else {
                resources.append(Resource(identifier: identifier, permissions: [permission]))
            }
        }
        for resource in resources where resource.permissions.contains(".default") && resource.permissions.count > 1 {
            throw .invalidScope(text)
        }
        (self.openID, self.resources) = (openID, resources)
    }

    private static func parts(of word: String) -> (String, String) {
        guard let slash = word.lastIndex(of: "/") else { return (graph, word) }
        return (String(word[..<slash]), String(word[word.index(after: slash)...]))
    }
}
