package import BridgeCore

/// A page to embed with the token that opens it: whoever has both, or a URL with the token in it, is the agent.
package struct Embed: Sendable {
    package let url: EmbedURL
    package let minted: MintedToken

    package init(_ url: EmbedURL, _ minted: MintedToken) {
        self.url = url
        self.minted = minted
    }

    /// The URL as it is opened, with the token unless that comes by `postMessage`.
    package var text: String { url.text(token: minted.token) }
    /// The token that has to be handed over beside the URL; `nil` where it stands in it.
    package var separateToken: String? { url.tokenSource == .postMessage ? minted.token : nil }
}

extension Embed: CustomStringConvertible, CustomReflectable {
    /// Names the page; neither token nor filters are shown.
    package var description: String { "\(url.origin)/\(url.page.rawValue) with \(minted)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension JSONWriter {
    /// Writes `"url"`, `"token"` where it does not stand in the URL, and `"expiresAt"`, into an object that is open.
    package mutating func embedMembers(_ embed: Embed) {
        member("url", embed.text)
        if let token = embed.separateToken { member("token", token) }
        member("expiresAt", embed.minted.expiresAt.description)
    }
}
