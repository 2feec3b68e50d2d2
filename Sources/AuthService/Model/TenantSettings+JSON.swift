package import BridgeCore

extension TenantSettings {
    /// The names of the members the settings take in a tenant document.
    package static let memberNames = ["tokenLifetime", "rules"]

    /// Reads the settings out of an object: `{"tokenLifetime":"24h","rules":[...]}`.
    ///
    /// All members have to be there: what a document leaves out would otherwise be decided by nobody.
    /// - Parameter others: members the object may have besides, which somebody else reads.
    package init(_ value: JSONValue, at place: String = "", besides others: [String] = []) throws(DocumentError) {
        let object = try DocumentObject(value, at: place, names: Self.memberNames + others)
        let lifetime = DurationText.seconds(try object.text("tokenLifetime")) ?? 0
        guard (1...86_400).contains(lifetime) else {
            throw DocumentError(
                at: object.place(of: "tokenLifetime"), "is no length of time between 1s and 24h",
                hint: "write a number and s, m or h, for example 8h")
        }
        var rules: [Rule] = []
        for (index, element) in try object.array("rules").enumerated() {
            rules.append(try Rule(element, at: "\(object.place(of: "rules"))[\(index)]"))
        }
        self.init(tokenLifetime: lifetime, rules: rules)
    }

    /// Reads the settings from the text of such an object, as a store keeps it.
    package init(parsing text: String) throws(DocumentError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: text.utf8)
        } catch {
            throw DocumentError(at: "", "is no JSON: \(error)")
        }
        try self.init(value)
    }

    /// Writes the members into an object that is open.
    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("tokenLifetime", DurationText.text(tokenLifetime))
        writer.name("rules")
        writer.array { writer in
            for rule in rules { rule.write(to: &writer) }
        }
    }

    /// The text of an object with exactly these settings.
    package var json: String {
        var writer = JSONWriter()
        writer.object { writeMembers(to: &$0) }
        return writer.text
    }
}
