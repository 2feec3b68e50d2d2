package import BridgeCore

extension TenantSettings {
    /// The names of the members the settings take in a tenant document, in the order in which they are written.
    package static let memberNames = [
        "tokenLifetime", "handOff", "redirectOrigins", "rules", "ruleTests", "recordMapping", "refuseExpiredKeysAfter",
    ]

    /// Reads the settings out of an object: `{"tokenLifetime":"24h","rules":[...]}`.
    ///
    /// `tokenLifetime` and `rules` have to be there: what a document leaves out of them would otherwise be decided by
    /// nobody. Each other member has a default, which also is what settings get that an older version stored.
    /// - Parameter others: members the object may have besides, which somebody else reads.
    package init(_ value: JSONValue, at place: String = "", besides others: [String] = []) throws(DocumentError) {
        let object = try DocumentObject(value, at: place, names: Self.memberNames + others)
        self.init(
            tokenLifetime: try Self.tokenLifetime(object),
            rules: try Rule.all(object.array("rules"), at: object.place(of: "rules")))
        if let value = object.optional("handOff") {
            handOff = try HandOff(value, at: object.place(of: "handOff"))
        }
        if object.names.contains("redirectOrigins") {
            let place = object.place(of: "redirectOrigins")
            redirectOrigins = try RedirectOrigin.all(object.array("redirectOrigins"), at: place)
        }
        if object.names.contains("ruleTests") {
            ruleTests = try RuleTest.all(object.array("ruleTests"), at: object.place(of: "ruleTests"))
        }
        if let value = object.optional("recordMapping") {
            recordMapping = try RecordMapping(value, at: object.place(of: "recordMapping"))
        }
        refuseExpiredKeysAfter = try Self.keyGrace(object)
    }

    private static func keyGrace(_ object: DocumentObject) throws(DocumentError) -> Int64? {
        guard let value = object.optional("refuseExpiredKeysAfter"), value != .null else { return nil }
        guard let seconds = value.stringValue.flatMap({ DurationText.seconds($0) }), seconds <= longestKeyGrace else {
            throw DocumentError(
                at: object.place(of: "refuseExpiredKeysAfter"), "is no length of time between 0d and 3650d",
                hint: "write a number and d, for example 30d; leave it out, and expired certificates keep no one out")
        }
        return seconds
    }

    private static var longestKeyGrace: Int64 { 3_650 * 86_400 }

    private static func tokenLifetime(_ object: DocumentObject) throws(DocumentError) -> Int64 {
        let lifetime = DurationText.seconds(try object.text("tokenLifetime")) ?? 0
        guard (1...86_400).contains(lifetime) else {
            throw DocumentError(
                at: object.place(of: "tokenLifetime"), "is no length of time between 1s and 24h",
                hint: "write a number and s, m or h, for example 8h")
        }
        return lifetime
    }

    /// Reads the settings from the text of such an object, as a store keeps it.
    package init(parsing text: String) throws(DocumentError) {
        try self.init(DocumentText.value(text.utf8))
    }

    /// Writes the members into an object that is open.
    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("tokenLifetime", DurationText.text(tokenLifetime))
        writer.member("handOff", handOff.rawValue)
        writer.name("redirectOrigins")
        writer.array { writer in
            for origin in redirectOrigins { writer.string(origin.value) }
        }
        writeRuleMembers(to: &writer)
        writer.name("recordMapping")
        writer.value(recordMapping.value)
        // Only where somebody decided it: the default is that there is nothing to say.
        if let refuseExpiredKeysAfter {
            writer.member("refuseExpiredKeysAfter", DurationText.text(refuseExpiredKeysAfter))
        }
    }

    /// Writes rules and rule tests, the members that `RuleProposal` reads, into an object that is open.
    package func writeRuleMembers(to writer: inout JSONWriter) {
        writer.name("rules")
        writer.array { writer in
            for rule in rules { rule.write(to: &writer) }
        }
        writer.name("ruleTests")
        writer.array { writer in
            for test in ruleTests { writer.value(test.value) }
        }
    }

    /// The text of an object with exactly these settings.
    package var json: String {
        var writer = JSONWriter()
        writer.object { writeMembers(to: &$0) }
        return writer.text
    }
}

extension Rule {
    /// Reads an array of rules; `place` is that of the array.
    package static func all(_ values: [JSONValue], at place: String) throws(DocumentError) -> [Rule] {
        var rules: [Rule] = []
        for (index, value) in values.enumerated() { rules.append(try Rule(value, at: "\(place)[\(index)]")) }
        return rules
    }
}

extension HandOff {
    fileprivate init(_ value: JSONValue, at place: String) throws(DocumentError) {
        guard let handOff = value.stringValue.flatMap(HandOff.init(rawValue:)) else {
            throw DocumentError(
                at: place, "is no way to hand a login over",
                hint: "write \(HandOff.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        self = handOff
    }
}

extension RedirectOrigin {
    fileprivate static func all(_ values: [JSONValue], at place: String) throws(DocumentError) -> [RedirectOrigin] {
        var origins: [RedirectOrigin] = []
        for (index, value) in values.enumerated() {
            let place = "\(place)[\(index)]"
            guard let origin = value.stringValue.flatMap(RedirectOrigin.init) else {
                throw DocumentError(
                    at: place, "is no https origin",
                    hint: "write scheme, host and port alone, like https://agents.example.com, "
                        + "without a path or a slash; http only for localhost, 127.0.0.1 and [::1]")
            }
            guard !origins.contains(origin) else { throw DocumentError(at: place, "\(origin) stands there twice") }
            origins.append(origin)
        }
        return origins
    }
}
