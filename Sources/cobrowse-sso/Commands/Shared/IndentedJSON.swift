internal import BridgeCore

/// JSON laid out for people: a member a line, two columns a level.
enum IndentedJSON {
    static func lines(_ value: JSONValue) -> [String] {
        switch value {
        case .object(let members) where !members.isEmpty:
            block("{", members.map { member in (text(.string(member.name)) + ": ", member.value) }, "}")
        case .array(let elements) where !elements.isEmpty:
            block("[", elements.map { ("", $0) }, "]")
        default: [text(value)]
        }
    }

    private static func block(_ open: String, _ items: [(label: String, value: JSONValue)], _ close: String) -> [String]
    {
        var lines = [open]
        for (index, item) in items.enumerated() {
            var inner = Self.lines(item.value)
            inner[0] = item.label + inner[0]
            if index < items.count - 1 { inner[inner.count - 1] += "," }
            lines += inner.map { "  \($0)" }
        }
        return lines + [close]
    }

    private static func text(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }
}
