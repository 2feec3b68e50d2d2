/// A list of names and what they mean, in two aligned columns.
struct HelpColumns {
    /// A name longer than this has its meaning on the next line, so that it does not push all others to the right.
    private static let widestName = 30
    private static let indent = 2
    private static let gap = 2

    private var rows: [(name: String, meaning: String)] = []

    /// Adds a row below the others.
    mutating func add(_ name: String, _ meaning: String) {
        rows.append((name, meaning))
    }

    /// The lines of all rows, the second column in the same place everywhere.
    var lines: [String] { lines(nameWidth: nameWidth) }

    /// The width the first column needs.
    var nameWidth: Int { rows.map(\.name.count).filter { $0 <= Self.widestName }.max() ?? 0 }

    /// The lines of all rows, with a first column that other lists share.
    func lines(nameWidth: Int) -> [String] {
        rows.flatMap { row in
            let start = Self.indent + nameWidth + Self.gap
            let words = row.meaning.split(separator: " ").map(String.init)
            let meaning = TextWrap.lines(of: words, width: TextWrap.width - start)
            let margin = String(repeating: " ", count: start)
            let name = String(repeating: " ", count: Self.indent) + row.name
            if name.count + Self.gap > start { return [name] + meaning.map { margin + $0 } }
            let first = name + margin.dropFirst(name.count) + (meaning.first ?? "")
            return [first] + meaning.dropFirst().map { margin + $0 }
        }
    }
}
