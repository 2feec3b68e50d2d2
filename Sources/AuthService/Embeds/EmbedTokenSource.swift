/// How the embedded page comes by the agent's token.
package enum EmbedTokenSource: String, Sendable, Hashable, CaseIterable {
    /// The token stands in the URL: simple, and whoever sees the URL has the token.
    case url
    /// The embedding page hands it over by `postMessage`: it stands in no URL, no history and no log.
    case postMessage
}
