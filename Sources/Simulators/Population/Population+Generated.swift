import BridgeCore

extension Population {
    /// The generated person of that name or address.
    func generatedPerson(_ text: String) -> Person? {
        guard let (entry, tenant) = generatedEntry(text),
            let object = try? DocumentObject(entry, at: "people.\(text)", known: Person.members)
        else { return nil }
        return try? Person(object, domains: [tenant.name: tenant.domain])
    }

    /// What the document would say of the generated person of that name or address, and the tenant.
    func generatedEntry(_ text: String) -> (entry: JSONValue, tenant: Tenant)? {
        for environment in environments {
            guard let generated = environment.users.generated,
                let name = text.split(separator: "@", maxSplits: 1).first,
                let number = generated.number(ofName: name), text == name || text == generated.address(number),
                let tenant = tenant(named: environment.tenant)
            else { continue }
            return (Self.entry(generated.row(number), number, in: environment), tenant)
        }
        return nil
    }

    private static func entry(_ row: SystemUser, _ number: Int, in environment: Environment) -> JSONValue {
        let teams = row.teams.map { environment.teams[$0] }.filter { !$0.isDefault }
        let columns: [(String, JSONValue)] = [
            ("id", .string(row.id.value)), ("emailStatus", .number(.integer(row.emailStatus))),
            ("disabled", .bool(row.isDisabled)), ("modifiedOn", .string(row.modifiedOn.description)),
            ("roles", .array(row.roles.map { .string(environment.roles[$0].name) })),
            ("teams", .array(teams.map { .string($0.name) })),
        ]
        let entry: [(String, JSONValue)] = [
            ("name", .string(GeneratedPeople.name(number))), ("displayName", .string(row.fullName)),
            ("tenant", .string(environment.tenant)), ("id", .string(GeneratedPeople.objectID(number).value)),
            ("environments", .object([JSONMember(name: environment.name, value: object(columns))])),
        ]
        return object(entry)
    }

    private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(members.map { JSONMember(name: $0.0, value: $0.1) })
    }
}
