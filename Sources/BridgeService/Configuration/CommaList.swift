/// Texts separated by commas in one setting: trimmed, the empty ones left out.
enum CommaList {
    /// The names in `text`.
    static func names(_ text: String) -> [String] {
        text.split(separator: ",").map(trimmed).filter { !$0.isEmpty }
    }

    /// The regular expressions in `text`; a comma within brackets or braces, as in `.{1,8}`, belongs to its expression.
    static func expressions(_ text: String) -> [String] {
        var items: [String] = []
        var item = ""
        var open: [Character] = []
        var isEscaped = false
        for character in text {
            if character == ",", open.isEmpty, !isEscaped {
                items.append(item)
                item = ""
                continue
            }
            if !isEscaped { note(character, &open) }
            isEscaped = character == "\\" && !isEscaped
            item.append(character)
        }
        return (items + [item]).map { trimmed($0[...]) }.filter { !$0.isEmpty }
    }

    /// Keeps in `open` which closing characters are waited for.
    private static func note(_ character: Character, _ open: inout [Character]) {
        if character == open.last { open.removeLast() }
        guard open.last != "]" else { return }  // in a character class the others stand for themselves
        switch character {
        case "[": open.append("]")
        case "{": open.append("}")
        case "(": open.append(")")
        default: break
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text.drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
