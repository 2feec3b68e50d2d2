package import BridgeCore

/// One difference between a tenant and a document: what an apply would change, or has changed.
package struct TenantChange: Sendable, Hashable {
    /// The member: `tokenLifetime`, `rules`, `recordMapping.Case`.
    package let place: String
    /// What is there before; `nil` for something new.
    package let before: JSONValue?
    /// What is there afterwards; `nil` for something that goes.
    package let after: JSONValue?

    init(_ place: String, before: JSONValue?, after: JSONValue?) {
        self.place = place
        self.before = before
        self.after = after
    }

    /// The differences in the order of the document; none where applying it changes nothing.
    ///
    /// Of lists it says which entries go and which come; where all stay and only their order changes, it shows the
    /// lists. A rule test is known by its name.
    package static func all(from old: TenantDocument, to new: TenantDocument) -> [TenantChange] {
        let (old, new) = (old.value, new.value)
        var changes: [TenantChange] = []
        for name in TenantDocument.memberNames {
            let (before, after) = (old[name], new[name])
            guard before != after else { continue }
            switch (before, after) {
            case (.array(let before)?, .array(let after)?):
                changes += name == "ruleTests" ? named(name, before, after) : entries(name, before, after)
            case (.object(let before)?, .object(let after)?): changes += members(name, before, after)
            default: changes.append(TenantChange(name, before: before, after: after))
            }
        }
        return changes
    }

    /// Entries that are their own name.
    private static func entries(_ place: String, _ before: [JSONValue], _ after: [JSONValue]) -> [TenantChange] {
        let gone = rest(of: before, without: after).map { TenantChange(place, before: $0, after: nil) }
        let added = rest(of: after, without: before).map { TenantChange(place, before: nil, after: $0) }
        guard gone.isEmpty && added.isEmpty else { return gone + added }
        return [TenantChange(place, before: .array(before), after: .array(after))]
    }

    /// What `values` has more of than `others`: a rule may stand there twice.
    private static func rest(of values: [JSONValue], without others: [JSONValue]) -> [JSONValue] {
        var counts: [JSONValue: Int] = [:]
        for other in others { counts[other, default: 0] += 1 }
        return values.filter { value in
            counts[value, default: 0] -= 1
            return counts[value, default: 0] < 0
        }
    }

    /// Entries with a name.
    private static func named(_ place: String, _ before: [JSONValue], _ after: [JSONValue]) -> [TenantChange] {
        let changes = members(place, before.map(member), after.map(member)) { place, _ in place }
        guard changes.isEmpty else { return changes }
        return [TenantChange(place, before: .array(before), after: .array(after))]
    }

    private static func member(_ value: JSONValue) -> JSONMember {
        JSONMember(name: value["name"]?.stringValue ?? "", value: value)
    }

    private static func members(
        _ place: String, _ before: [JSONMember], _ after: [JSONMember],
        _ placing: (String, String) -> String = { "\($0).\($1)" }
    ) -> [TenantChange] {
        var old: [String: JSONValue] = [:]
        for member in before { old[member.name] = member.value }
        let new = Set(after.map(\.name))
        let gone = before.filter { !new.contains($0.name) }
            .map { TenantChange(placing(place, $0.name), before: $0.value, after: nil) }
        let changed = after.filter { old[$0.name] != $0.value }
            .map { TenantChange(placing(place, $0.name), before: old[$0.name], after: $0.value) }
        return gone + changed
    }
}

extension TenantChange: CustomStringConvertible {
    /// One line as a diff has it: `-` for what goes, `+` for what comes, `~` for what becomes something else.
    package var description: String {
        switch (before, after) {
        case (let before?, let after?): "~ \(place): \(Self.json(before)) -> \(Self.json(after))"
        case (let before?, nil): "- \(place): \(Self.json(before))"
        case (nil, let after): "+ \(place): \(Self.json(after ?? .null))"
        }
    }

    private static func json(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }
}

extension JSONWriter {
    /// Writes changes as an array of `{"place","before","after"}`, `null` for what is not there.
    package mutating func tenantChanges(_ changes: [TenantChange]) {
        array { writer in
            for change in changes {
                writer.object { writer in
                    writer.member("place", change.place)
                    writer.name("before")
                    writer.value(change.before ?? .null)
                    writer.name("after")
                    writer.value(change.after ?? .null)
                }
            }
        }
    }
}
