/// `name: value` lines with the values in one column, as `show` commands print them.
struct FieldList {
    private var fields: [(name: String, value: String)] = []

    /// Adds a line; an absent value shows as `-`.
    mutating func add(_ name: String, _ value: String?) {
        fields.append((name, value.map(Printable.line) ?? "-"))
    }

    /// The lines in the order they were added.
    var lines: [String] {
        let width = fields.map(\.name.count).max() ?? 0
        return fields.map { field in
            "\(field.name):\(String(repeating: " ", count: width - field.name.count + 1))\(field.value)"
        }
    }
}

extension Output {
    /// Keeps the lines of a list of fields.
    func fields(_ list: FieldList) {
        for line in list.lines { print(line) }
    }
}
