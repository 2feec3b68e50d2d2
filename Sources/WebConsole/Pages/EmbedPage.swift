/// The page that shows Cobrowse in the frame of another system's page: nothing but another frame, as large as its own.
package struct EmbedPage: Sendable {
    private let url: String
    private let title: String
    private let language: Language

    /// - Parameter url: where Cobrowse opens; it may hold a code or a token.
    package init(of url: String, in language: Language) {
        self.url = url
        title = "Cobrowse"
        self.language = language
    }

    /// The document, UTF-8. It has no script, and its style is the one of `styleHash`.
    package var html: [UInt8] {
        var html = HTMLText()
        html.element("<!DOCTYPE html>\n<html lang=\"", language.rawValue, "\">\n<head>\n<meta charset=\"utf-8\">\n")
        html.markup("<meta name=\"robots\" content=\"noindex\">\n")
        html.element("<title>", title, "</title>\n<style>")
        html.markup(Self.css)
        html.markup("</style>\n</head>\n<body>\n<iframe allow=\"fullscreen; clipboard-write\" ")
        html.element("referrerpolicy=\"no-referrer\" title=\"", title, "\" ")
        html.element("src=\"", url, "\"></iframe>\n</body>\n</html>\n")
        return html.bytes
    }

    private static let css: StaticString = "html,body,iframe{margin:0;width:100%;height:100%;border:0;display:block}"

    /// What allows exactly this style in a Content-Security-Policy: SHA-256 of it, in base64.
    package static let styleHash = "sha256-jKvfmEYIGlm8DGk4pp05gJ0MwYdTY+NU6tSvyPZyDow="
}
