/// Breaks text into lines at spaces.
enum TextWrap {
    /// The width of everything help prints.
    static let width = 80

    /// `words` in lines of at most `width` characters; a longer word gets a line of its own.
    static func lines(of words: [String], width: Int = TextWrap.width) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    /// The paragraphs of `text`, which empty lines separate, each broken anew.
    static func paragraphs(of text: String) -> [String] {
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = paragraph.split(separator: " ").map(String.init)
            lines += words.isEmpty ? [""] : TextWrap.lines(of: words)
        }
        return lines
    }
}
