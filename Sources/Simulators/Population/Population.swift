import BridgeCore

/// Everything that the stand-ins know of the world: read from one JSON document, which changes are made to.
struct Population: Sendable {
    /// What all else is read from.
    private(set) var document: JSONValue
    private(set) var tenants: [Tenant] = []
    private(set) var clients: [Client] = []
    private(set) var environments: [Environment] = []
    private(set) var people: [Person] = []
    private(set) var orgs: [Org] = []
    let generatedCount: Int

    private static let members = [
        "tenants", "clients", "environments", "people", "generated", "orgs", "generatedInOrg",
    ]
    private static let generatedMembers = ["environment", "agentRoles", "administratorRoles", "teams"]

    /// - Parameter generatedCount: how many people there are besides those of the document.
    /// - Throws: `configuration_invalid`, naming the place in the document.
    init(_ document: JSONValue, generatedCount: Int) throws(SimulatorError) {
        self.document = document
        self.generatedCount = generatedCount
        let root = try DocumentObject(document, at: "population", known: Self.members)
        for tenant in try root.objects("tenants", known: Tenant.members) { tenants.append(try Tenant(tenant)) }
        for client in try root.objects("clients", known: Client.members) { clients.append(try Client(client)) }
        for environment in try root.objects("environments", known: Environment.members) {
            environments.append(try Environment(environment, clients: clients))
        }
        let domains = Dictionary(tenants.map { ($0.name, $0.domain) }) { first, _ in first }
        for person in try root.objects("people", known: Person.members) {
            people.append(try Person(person, domains: domains))
        }
        for org in try root.objects("orgs", known: Org.members) { orgs.append(try Org(org)) }
        try checkNames()
        try generate(root)
        try generateInOrg(root)
        try placeRows()
    }

    private func checkNames() throws(SimulatorError) {
        let lists = [
            ("tenants", tenants.map(\.name)), ("clients", clients.map(\.name)),
            ("environments", environments.map(\.name)), ("people", people.map(\.name)), ("orgs", orgs.map(\.name)),
        ]
        for (list, names) in lists {
            for (index, name) in names.enumerated() where names[..<index].contains(name) {
                throw .invalid("\(list): \(quoted(name)) occurs twice")
            }
        }
        let places =
            clients.map { ("client \($0.name)", $0.home) } + environments.map { ("environment \($0.name)", $0.tenant) }
            + people.map { ("person \($0.name)", $0.tenant) }
        for (place, name) in places where tenant(named: name) == nil {
            throw .invalid("\(place): there is no tenant \(quoted(name))")
        }
    }

    private mutating func placeRows() throws(SimulatorError) {
        for person in people {
            for (name, row) in person.rows {
                guard let index = environments.firstIndex(where: { $0.name == name }) else {
                    throw .invalid("people.\(person.name): there is no environment \(quoted(name))")
                }
                environments[index].users.append(try environments[index].row(of: person, row))
            }
        }
    }

    private mutating func generateInOrg(_ root: DocumentObject) throws(SimulatorError) {
        guard generatedCount > 0, root.has("generatedInOrg") else { return }
        let object = try root.object("generatedInOrg", known: GeneratedUsers.members)
        let name = try object.required("org")
        guard let index = orgs.firstIndex(where: { $0.name == name }) else {
            throw .invalid("\(object.place): there is no org \(quoted(name))")
        }
        orgs[index].users.generated = try orgs[index].generatedUsers(object, count: generatedCount)
    }

    private mutating func generate(_ root: DocumentObject) throws(SimulatorError) {
        guard generatedCount > 0, root.has("generated") || orgs.isEmpty else { return }
        let object = try root.object("generated", known: Self.generatedMembers)
        let name = try object.required("environment")
        guard let index = environments.firstIndex(where: { $0.name == name }),
            let tenant = tenant(named: environments[index].tenant)
        else { throw .invalid("\(object.place): there is no environment \(quoted(name))") }
        let home = environments[index]
        let teams = try object.texts("teams")
        environments[index].users.generated = GeneratedPeople(
            count: generatedCount, domain: tenant.domain,
            agent: try home.roleIndices(try object.texts("agentRoles"), unit: 0, at: object.place),
            administrator: try home.roleIndices(try object.texts("administratorRoles"), unit: 0, at: object.place),
            team: home.teams.indices.filter { teams.contains(home.teams[$0].name) })
    }
}

extension Population {
    /// The tenant of that name; `personal` is always there.
    func tenant(named name: String) -> Tenant? {
        tenants.first { $0.name == name } ?? (name == Tenant.personal.name ? .personal : nil)
    }

    /// The tenant that a GUID or a verified domain names.
    func tenant(_ text: String) -> Tenant? {
        if let id = GUID(text) { return id == Tenant.personal.id ? .personal : tenants.first { $0.id == id } }
        let domain = text.lowercased()
        return tenants.first { $0.domain == domain }
    }

    func client(_ id: String) -> Client? {
        GUID(id).flatMap { id in clients.first { $0.id == id } }
    }

    func org(named name: String) -> Org? { orgs.first { $0.name == name } }

    func environment(named name: String) -> Environment? { environments.first { $0.name == name } }

    /// The person of that name or sign-in name, generated ones included. The mail is no way to name anybody.
    func person(_ text: String) -> Person? {
        let lowered = text.lowercased()
        return people.first { $0.name == text || $0.userPrincipalName.lowercased() == lowered }
            ?? generatedPerson(lowered)
    }

    /// The person with the object id, in whatever tenant.
    func person(objectID: GUID) -> Person? {
        if let person = people.first(where: { $0.objectID == objectID }) { return person }
        let numbers = environments.compactMap { $0.users.generated?.number(ofObjectID: objectID) }
        return numbers.first.flatMap { generatedPerson(GeneratedPeople.name($0)) }
    }
}
