/// The frame of every page: a document without script that loads nothing, with the style of `PageStyle.hash`.
struct PageDocument {
    let text: PageText
    let language: Language

    /// The document, UTF-8, with what `content` writes below its heading.
    func html(_ content: (inout HTMLText) -> Void) -> [UInt8] {
        var html = HTMLText()
        html.element("<!DOCTYPE html>\n<html lang=\"", language.rawValue, "\">\n<head>\n<meta charset=\"utf-8\">\n")
        html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        html.markup("<meta name=\"robots\" content=\"noindex\">\n")
        html.element("<title>", text.title, "</title>\n<style>")
        html.markup(PageStyle.css)
        html.element("</style>\n</head>\n<body>\n<main>\n<h1>", text.title, "</h1>\n")
        content(&html)
        html.markup("</main>\n</body>\n</html>\n")
        return html.bytes
    }
}

extension HTMLText {
    /// Adds a link in a paragraph of its own.
    mutating func link(_ target: String, _ words: String) {
        element("<p><a href=\"", target, "\">")
        element("", words, "</a></p>\n")
    }

    /// Adds a list of names and values; what has no value is left out.
    mutating func details(_ rows: [(name: String, value: String?)]) {
        markup("<dl>\n")
        for case (let name, let value?) in rows {
            element("<dt>", name, "</dt>")
            element("<dd><code>", value, "</code></dd>\n")
        }
        markup("</dl>\n")
    }
}
