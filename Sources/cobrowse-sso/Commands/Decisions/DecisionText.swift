internal import AuthService
internal import BridgeCore

/// A decision for people, from its stored document.
struct DecisionText {
    private let decision: JSONValue

    init(_ document: String) throws(CommandFailure) {
        do throws(JSONError) {
            decision = try JSONValue(parsing: document.utf8)
        } catch {
            throw CommandFailure(.internal, "the decision is no JSON: \(error)")
        }
    }

    var lines: [String] {
        var fields = FieldList()
        fields.add("outcome", outcome)
        for (label, name) in [("why", "detail"), ("to do", "hint"), ("fixed by", "fixedBy")] where text(name) != nil {
            fields.add(label, text(name))
        }
        fields.add("email", text("email"))
        if decision["accountId"] != nil { fields.add("account", text("accountId") ?? "would be made") }
        fields.add("rule", rule)
        fields.add("source", text("source"))
        fields.add("time", text("time"))
        if text("source") != "hypothetical" { fields.add("decision", text("id")) }
        return fields.lines + [""] + checks + facts
    }

    private var outcome: String {
        if let code = text("code") { return "denied: \(code)" }
        return "allowed as \(text("role") ?? "-")"
    }

    private var rule: String? {
        guard let rule = decision["rule"], rule != .null, let match = rule["match"]?.objectValue?.first else {
            return nil
        }
        let words = [rule["source"]?.stringValue, match.name, match.value.stringValue.map(Printable.quoted)]
        return words.compactMap(\.self).joined(separator: " ")
    }

    /// A line a check: its name, how it went, what was found.
    private var checks: [String] {
        let rows = (decision["checks"]?.arrayValue ?? []).map { check in
            ["name", "outcome", "detail"].map { Printable.line(check[$0]?.stringValue ?? "") }
        }
        let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let start = (0..<2).map { row[$0] + String(repeating: " ", count: widths[$0] - row[$0].count) }
            return "  " + (start + [row[2]]).joined(separator: "  ")
        }
    }

    /// What the login said of the person, a line a fact.
    private var facts: [String] {
        guard let facts = decision["facts"] else { return [] }
        return ["", "from these facts:"] + FactLines(facts).lines.map { "  \($0)" }
    }

    private func text(_ name: String) -> String? { decision[name]?.stringValue }
}
