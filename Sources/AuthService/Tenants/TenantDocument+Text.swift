internal import BridgeCore

extension TenantDocument {
    /// The document as people read and compare it: a member a line, and of lists and mappings an entry a line.
    package var text: String {
        guard let members = value.objectValue else { return "" }
        let lines = members.map { "  \(Self.json(.string($0.name))): \(Self.laidOut($0.value))" }
        return "{\n\(lines.joined(separator: ",\n"))\n}\n"
    }

    private static func laidOut(_ value: JSONValue) -> String {
        switch value {
        case .array(let elements) where !elements.isEmpty: block("[", elements.map(json), "]")
        case .object(let members) where !members.isEmpty:
            block("{", members.map { "\(json(.string($0.name))): \(json($0.value))" }, "}")
        default: json(value)
        }
    }

    private static func block(_ open: String, _ entries: [String], _ close: String) -> String {
        "\(open)\n\(entries.map { "    \($0)" }.joined(separator: ",\n"))\n  \(close)"
    }

    private static func json(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }
}
