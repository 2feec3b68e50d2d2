internal import BridgeCore

/// The facts of a decision for people: `salesforce.profile: "Support"`, a line a fact, in the order of the document.
struct FactLines {
    let lines: [String]

    init(_ facts: JSONValue) {
        lines = Self.lines(facts, called: "")
    }

    private static func lines(_ value: JSONValue, called name: String) -> [String] {
        guard let members = value.objectValue else { return ["\(Printable.line(name)): \(text(value))"] }
        let prefix = name.isEmpty ? "" : "\(name)."
        return members.flatMap { lines($0.value, called: prefix + $0.name) }
    }

    /// A list on one line; what stands in it as JSON has it.
    private static func text(_ value: JSONValue) -> String {
        guard let elements = value.arrayValue else { return json(value) }
        return elements.isEmpty ? "none" : elements.map(json).joined(separator: ", ")
    }

    private static func json(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return Printable.line(writer.text)
    }
}
