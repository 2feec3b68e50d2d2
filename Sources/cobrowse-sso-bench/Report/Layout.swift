/// How tables are written.
enum Layout: Equatable {
    /// Aligned columns, for people.
    case text
    /// A Markdown table, for `Docs/Performance.md`.
    case markdown

    /// The lines of a table; columns named in `right` hold numbers.
    func lines(_ headings: [String], _ rows: [[String]], right: Set<Int>) -> [String] {
        if rows.isEmpty { return [] }
        switch self {
        case .text: return Self.aligned([headings] + rows, right: right)
        case .markdown:
            let rule = headings.indices.map { right.contains($0) ? "---:" : "---" }
            return ([headings, rule] + rows).map { "| \($0.joined(separator: " | ")) |" }
        }
    }

    private static func aligned(_ rows: [[String]], right: Set<Int>) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                if right.contains(column) { return space + cell }
                return column == row.count - 1 ? cell : cell + space
            }
            return cells.joined(separator: "  ")
        }
    }
}

extension Layout {
    /// The whole report.
    func text(_ report: Report, facts: [String]) -> String {
        var lines = facts.map { self == .markdown ? "- \($0)" : $0 } + [""]
        lines += self.lines(["measure", "figure", "[min-max]", "asked", "verdict"], report.rows, right: [1, 2])
        if !report.rates.isEmpty {
            lines +=
                [""] + self.lines(["on this machine", "figure", "[min-max]", "unit"], report.rateRows, right: [1, 2])
        }
        return lines.joined(separator: "\n")
    }
}
