import BridgeCore

extension Population {
    /// The lists of the document that can be changed one by one.
    enum List: String, Sendable, CaseIterable {
        case people, clients, environments, orgs
    }

    /// What the document says of the entry `name`; of a generated person what it would say.
    func entry(_ name: String, of list: List) -> JSONValue? {
        if let entry = document[list.rawValue]?.arrayValue?.first(where: { $0["name"]?.stringValue == name }) {
            return entry
        }
        return list == .people ? generatedEntry(name)?.entry : nil
    }

    /// Merges `patch` into the entry `name` (RFC 7396), or makes it where there is none.
    ///
    /// A person whose row has another column then has been modified at `now`, as the real table says; roles and teams
    /// are rows of other tables.
    /// - Throws: `configuration_invalid`, with nothing changed.
    mutating func change(_ name: String, of list: List, with patch: JSONValue, at now: Timestamp) throws(SimulatorError)
    {
        var entry = entry(name, of: list) ?? .object([JSONMember(name: "name", value: .string(name))])
        if list == .orgs { entry = withGenerated(entry, name, in: patch) }
        var changed = entry.merged(with: patch)
        if list == .people { changed = try touched(changed, from: entry, at: now) }
        if list == .orgs { changed = Self.touchedOrg(changed, from: entry, at: now) }
        var elements = document[list.rawValue]?.arrayValue ?? []
        if let index = elements.firstIndex(where: { $0["name"]?.stringValue == name }) {
            elements[index] = changed
        } else {
            elements.append(changed)
        }
        let members = JSONValue.object([JSONMember(name: list.rawValue, value: .array(elements))])
        self = try Population(document.merged(with: members), generatedCount: generatedCount)
    }

    /// `changed` with the time in every row of which a column is another than in `entry`.
    private func touched(
        _ changed: JSONValue, from entry: JSONValue, at now: Timestamp
    ) throws(SimulatorError) -> JSONValue {
        var result = changed
        for member in changed["environments"]?.objectValue ?? [] {
            let place = "environments.\(member.name)"
            let row = try PersonRow(DocumentObject(member.value, at: place, known: PersonRow.members))
            if let old = entry["environments"]?[member.name] {
                let before = try PersonRow(DocumentObject(old, at: place, known: PersonRow.members))
                guard row.hasOtherColumns(than: before), row.modifiedOn == before.modifiedOn else { continue }
            } else if row.modifiedOn != nil {
                continue
            }
            let time = JSONValue.object([JSONMember(name: "modifiedOn", value: .string(now.description))])
            let rows = JSONValue.object([JSONMember(name: member.name, value: time)])
            result = result.merged(with: .object([JSONMember(name: "environments", value: rows)]))
        }
        return result
    }
}
