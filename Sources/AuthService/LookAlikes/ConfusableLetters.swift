/// Which letters people take for others, in lower case: enough for Latin names and those who imitate them.
///
/// Far less than Unicode's `confusables.txt` (UTS 39) on purpose: a report in which half the tenant stands helps nobody.
enum ConfusableLetters {
    /// What stands for the letter in a skeleton; the letter itself where it resembles no other.
    static func skeleton(of scalar: Unicode.Scalar) -> String {
        if scalar.isASCII { return ascii(scalar) }
        let letter = Character(scalar)
        return others[letter] ?? String(letter)
    }

    private static func ascii(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "0": "o"
        case "1", "|": "l"
        case "m": "rn"
        case "w": "vv"
        default: String(Character(scalar))
        }
    }

    /// An ASCII letter, and the letters of other scripts and those without a decomposition that look like it.
    private static let rows: [(letter: Unicode.Scalar, others: String)] = [
        ("a", "аαɑ"), ("b", "ь"), ("c", "сᴄ"), ("d", "ԁđ"), ("e", "еёҽ"), ("g", "ɡցԍ"), ("h", "һհħ"), ("i", "іїιɩı"),
        ("j", "јյ"), ("k", "кκĸ"), ("l", "ӏłǀ"), ("m", "м"), ("n", "ոη"), ("o", "оοօø"), ("p", "рρ"), ("q", "ԛգզ"),
        ("r", "г"), ("s", "ѕꜱ"), ("t", "тτŧ"), ("u", "υսʋ"), ("v", "νѵ"), ("w", "ԝωա"), ("x", "хχ"), ("y", "уγүў"),
        ("z", "ᴢ"),
    ]

    /// Grave, acute, circumflex, tilde, macron, breve, point, diaeresis, hook, ring, double acute, caron, horn, point and
    /// comma below, cedilla, ogonek: above, through or below any letter.
    private static let accents: [Unicode.Scalar] = [
        "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{306}", "\u{307}", "\u{308}", "\u{309}", "\u{30A}",
        "\u{30B}", "\u{30C}", "\u{31B}", "\u{323}", "\u{326}", "\u{327}", "\u{328}",
    ]

    private static let others: [Character: String] = {
        var table: [Character: String] = ["ß": "ss", "ς": "σ", "æ": "ae", "œ": "oe"]
        for row in rows {
            for letter in row.others { table[letter] = ascii(row.letter) }
        }
        for letter in "abcdefghijklmnopqrstuvwxyz".unicodeScalars {
            for accent in accents {
                // A letter and its accent are the same key as the letter that has it.
                table[Character(String(String.UnicodeScalarView([letter, accent])))] = ascii(letter)
            }
        }
        return table
    }()
}
