internal import BridgeCore

/// What the verifier reads in the line of an entry.
struct AuditLine {
    let sequence: Int64
    let previous: String
    private let value: JSONValue

    /// Deeper than any document that an entry could have as its `before` or `after`.
    private static let maximumDepth = 64

    /// Reads a line; `nil` where it is no entry.
    init?(parsing line: String) {
        guard let value = try? JSONValue(parsing: line.utf8, maximumDepth: Self.maximumDepth),
            let sequence = value["sequence"]?.integerValue, let previous = value["previous"]?.stringValue
        else { return nil }
        self.value = value
        self.sequence = sequence
        self.previous = previous
    }

    /// The first member that `index` has otherwise than the line; `nil` where both agree.
    func disagreement(with index: AuditIndex) -> String? {
        let filed: [(name: String, text: String?)] = [
            ("time", index.time.description), ("license", index.license), ("actor", index.actor),
            ("action", index.action), ("account", index.account), ("code", index.code),
        ]
        return filed.first { value[$0.name]?.stringValue != $0.text }?.name
    }
}
