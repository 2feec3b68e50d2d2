import BridgeCore

extension Population {
    /// `changed` with `now` in every row that is another than in `entry`: users, their log-ins, and assignments.
    static func touchedOrg(_ changed: JSONValue, from entry: JSONValue, at now: Timestamp) -> JSONValue {
        let time = JSONValue.string(now.description)
        var users: [JSONMember] = []
        for user in changed["users"]?.objectValue ?? [] {
            let old = entry["users"]?[user.name]
            guard old != user.value, user.value.objectValue != nil else { continue }
            var times: [JSONMember] = []
            for (member, columns) in Self.columns where isOther(user.value, than: old, in: columns) {
                if user.value[member] == old?[member] { times.append(JSONMember(name: member, value: time)) }
            }
            times += touchedAssignments(user.value, from: old, time)
            users.append(JSONMember(name: user.name, value: .object(times)))
        }
        guard !users.isEmpty else { return changed }
        return changed.merged(with: .object([JSONMember(name: "users", value: .object(users))]))
    }

    /// The times of rows, with the members that are columns of the row; assignments are rows of their own.
    private static let columns: [(time: String, members: Set<String>)] = [
        (
            "modified",
            ["username", "email", "displayName", "active", "userType", "emailVerified", "profile", "restricted"]
        ),
        ("loginModified", ["frozen", "passwordLocked"]),
    ]

    private static func isOther(_ user: JSONValue, than old: JSONValue?, in members: Set<String>) -> Bool {
        members.contains { user[$0] != old?[$0] }
    }

    private static func touchedAssignments(_ user: JSONValue, from old: JSONValue?, _ time: JSONValue) -> [JSONMember] {
        guard let assignments = user["assignments"]?.arrayValue else { return [] }
        let known = Set(old?["assignments"]?.arrayValue ?? [])
        let touched = assignments.map { assignment in
            guard !known.contains(assignment) else { return assignment }
            let object =
                assignment.stringValue == nil ? assignment : .object([JSONMember(name: "set", value: assignment)])
            guard object["modified"] == nil else { return object }
            return object.merged(with: .object([JSONMember(name: "modified", value: time)]))
        }
        return touched == assignments ? [] : [JSONMember(name: "assignments", value: .array(touched))]
    }

    /// The entry of an org with those generated people in it whom `patch` changes.
    func withGenerated(_ entry: JSONValue, _ name: String, in patch: JSONValue) -> JSONValue {
        guard let org = org(named: name) else { return entry }
        let users = (patch["users"]?.objectValue ?? []).compactMap { user -> JSONMember? in
            guard entry["users"]?[user.name] == nil else { return nil }
            return generatedOrgUser(user.name, in: org).map { JSONMember(name: user.name, value: $0) }
        }
        guard !users.isEmpty else { return entry }
        return entry.merged(with: .object([JSONMember(name: "users", value: .object(users))]))
    }

    /// What the document would say of the generated person of that name in an org.
    private func generatedOrgUser(_ name: String, in org: Org) -> JSONValue? {
        guard let generated = org.users.generated, let number = generated.number(ofName: name) else { return nil }
        let user = generated.user(number)
        let rows = (1..<GeneratedUsers.assignmentsEach).map { generated.assignment($0, of: number) }
        let assignments = rows.compactMap { row -> JSONValue? in
            if let group = row.group {
                return .object([JSONMember(name: "group", value: .string(org.groups[group].name))])
            }
            return org.sets.first { $0.id == row.setID }.map { .string($0.key) }
        }
        return .object([
            JSONMember(name: "id", value: .string(user.id)),
            JSONMember(name: "displayName", value: .string(user.displayName)),
            JSONMember(name: "active", value: .bool(user.isActive)),
            JSONMember(name: "emailVerified", value: user.emailVerified.map { .bool($0) } ?? .string("missing")),
            JSONMember(name: "profile", value: .string(org.profiles[user.profile].name)),
            JSONMember(name: "modified", value: .string(user.modified.description)),
            JSONMember(name: "assignments", value: .array(assignments)),
        ])
    }
}
