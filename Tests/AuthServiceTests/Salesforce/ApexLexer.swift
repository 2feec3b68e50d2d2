import Testing

/// A word, a literal or a sign of Apex; comments and spaces are none.
enum ApexPiece: Equatable {
    case word(String)
    case number(String)
    /// The text that a literal stands for.
    case text(String)
    case sign(String)

    /// The piece as it is compared in expressions; a literal stands between quotes, unescaped.
    var source: String {
        switch self {
        case .word(let source), .number(let source), .sign(let source): source
        case .text(let text): "'\(text)'"
        }
    }
}

/// Takes Apex apart, and fails where a literal, a comment or a bracket has no end.
struct ApexLexer {
    struct Failure: Error {
        let problem: String
    }

    private static let longSigns = ["=>", "==", "!=", "&&", "||", "?.", "<=", ">="]
    private static let pairs: [Character: Character] = [")": "(", "]": "[", "}": "{"]

    private var rest: Substring
    private var open: [Character] = []

    /// All pieces of `source`, whose brackets are balanced.
    static func pieces(of source: String) throws -> [ApexPiece] {
        var lexer = ApexLexer(rest: source[...])
        var pieces: [ApexPiece] = []
        while let piece = try lexer.next() { pieces.append(piece) }
        guard lexer.open.isEmpty else { throw Failure(problem: "\(lexer.open) is not closed") }
        return pieces
    }

    private mutating func next() throws -> ApexPiece? {
        while true {
            rest = rest.drop { $0 == " " || $0 == "\n" }
            if rest.hasPrefix("//") {
                rest = rest.drop { $0 != "\n" }
            } else if rest.hasPrefix("/*") {
                guard let end = rest.dropFirst(2).firstRange(of: "*/") else { throw Failure(problem: "comment") }
                rest = rest[end.upperBound...]
            } else {
                break
            }
        }
        guard let first = rest.first else { return nil }
        if first == "'" { return .text(try text()) }
        if first.isNumber { return .number(take { $0.isLetter || $0.isNumber }) }
        if first.isLetter { return .word(take { $0.isLetter || $0.isNumber || $0 == "_" }) }
        return .sign(try sign(first))
    }

    private mutating func take(_ belongs: (Character) -> Bool) -> String {
        let taken = rest.prefix(while: belongs)
        rest = rest[taken.endIndex...]
        return String(taken)
    }

    private mutating func sign(_ first: Character) throws -> String {
        if "([{".contains(first) { open.append(first) }
        if let opener = Self.pairs[first], open.popLast() != opener {
            throw Failure(problem: "\(first) closes nothing")
        }
        let sign = Self.longSigns.first { rest.hasPrefix($0) } ?? String(first)
        rest = rest.dropFirst(sign.count)
        return sign
    }

    private mutating func text() throws -> String {
        var units: [UInt16] = []
        rest = rest.dropFirst()
        while let next = rest.popFirst(), next != "\n" {
            if next == "'" { return String(decoding: units, as: UTF16.self) }
            guard next == "\\" else {
                units += String(next).utf16
                continue
            }
            switch rest.popFirst() {
            case "'": units.append(0x27)
            case "\\": units.append(0x5C)
            case "u":
                guard let unit = UInt16(rest.prefix(4), radix: 16) else { throw Failure(problem: "\\u") }
                units.append(unit)
                rest = rest.dropFirst(4)
            default: throw Failure(problem: "unknown escape")
            }
        }
        throw Failure(problem: "a literal has no end on its line")
    }
}
