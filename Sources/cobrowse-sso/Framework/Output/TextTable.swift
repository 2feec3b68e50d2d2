/// Rows of text in aligned columns, as `list` commands print them.
struct TextTable: Sendable {
    private let headings: [String]
    private var rows: [[String]] = []

    /// Starts with the headings, which every table shows, also an empty one.
    init(_ headings: String...) {
        self.headings = headings
    }

    /// Adds a row; an absent cell shows as `-`.
    mutating func add(_ cells: String?...) {
        rows.append(cells.map { cell in cell.map(Printable.line) ?? "-" })
    }

    /// The lines, without spaces at their ends.
    func lines(style: TextStyle) -> [String] {
        var widths = headings.map(\.count)
        for row in rows {
            for (column, cell) in row.enumerated().prefix(widths.count) {
                widths[column] = max(widths[column], cell.count)
            }
        }
        return [style.heading(Self.line(headings, widths))] + rows.map { Self.line($0, widths) }
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (cell, width) in zip(cells, widths) {
            line += cell + String(repeating: " ", count: width - cell.count + 2)
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
