import BridgeCore

/// A Dataverse environment: its roles, teams and people.
struct Environment: Sendable {
    let name: String
    let friendlyName: String
    /// The name of the tenant it belongs to.
    let tenant: String
    /// As Global Discovery has it: `EUR`, `NAM`.
    let region: String
    let organizationID: GUID
    let isDisabled: Bool
    let businessUnits: [BusinessUnit]
    /// One for each role and business unit; those of the root unit first.
    let roles: [SecurityRole]
    let teams: [Team]
    /// Columns that this environment does not have.
    let missingColumns: Set<String>
    var users: SystemUsers

    static let members = [
        "name", "id", "friendlyName", "tenant", "region", "disabled", "businessUnits", "roles", "teams",
        "applicationUsers", "missingColumns",
    ]
    static let roleMembers = ["name", "template", "privileges"]
    static let teamMembers = ["name", "type", "group", "roles"]
    static let applicationUserMembers = ["client", "roles", "disabled"]

    init(_ object: DocumentObject, clients: [Client]) throws(SimulatorError) {
        let name = try object.required("name")
        self.name = name
        friendlyName = try object.text("friendlyName") ?? name
        tenant = try object.required("tenant")
        region = try object.text("region") ?? "EUR"
        organizationID = try object.guid("id") ?? .named("organization \(name)")
        isDisabled = try object.bool("disabled")
        let units = try object.texts("businessUnits")
        businessUnits = (units.isEmpty ? [name] : units).enumerated().map { index, unit in
            BusinessUnit(name: unit, id: .named("unit \(name)/\(unit)"), isRoot: index == 0)
        }
        roles = try Self.roles(object, of: name, units: businessUnits)
        teams = try Self.teams(object, of: name, roles: roles, units: businessUnits)
        missingColumns = Set(try object.texts("missingColumns"))
        users = SystemUsers()
        for user in try object.objects("applicationUsers", known: Self.applicationUserMembers) {
            users.append(try applicationUser(user, clients: clients))
        }
    }

    private static func roles(
        _ object: DocumentObject, of name: String, units: [BusinessUnit]
    ) throws(SimulatorError) -> [SecurityRole] {
        let objects = try object.objects("roles", known: roleMembers)
        var roles: [SecurityRole] = []
        for (unit, place) in units.enumerated() {
            for role in objects {
                let text = try role.required("name")
                let root = GUID.named("role \(name)/\(text)")
                roles.append(
                    SecurityRole(
                        name: text, id: unit == 0 ? root : .named("role \(name)/\(text)/\(place.name)"),
                        rootID: root, templateID: try role.guid("template"), businessUnit: unit,
                        privileges: Set(try role.texts("privileges"))))
            }
        }
        return roles
    }

    private static func teams(
        _ object: DocumentObject, of name: String, roles: [SecurityRole], units: [BusinessUnit]
    ) throws(SimulatorError) -> [Team] {
        var teams = units.enumerated().map { index, unit in
            Team(
                name: unit.name, id: .named("team \(name)/\(unit.name)"), type: 0, group: nil, businessUnit: index,
                roles: [], isDefault: true)
        }
        for team in try object.objects("teams", known: teamMembers) {
            let text = try team.required("name")
            var indices: [Int] = []
            for role in try team.texts("roles") {
                indices.append(try index(of: role, in: roles, unit: 0, at: team.place))
            }
            teams.append(
                Team(
                    name: text, id: .named("team \(name)/\(text)"), type: try team.integer("type") ?? 0,
                    group: try team.text("group"), businessUnit: 0, roles: indices, isDefault: false))
        }
        return teams
    }

    private static func index(
        of role: String, in roles: [SecurityRole], unit: Int, at place: String
    ) throws(SimulatorError) -> Int {
        guard let index = roles.firstIndex(where: { $0.name == role && $0.businessUnit == unit }) else {
            throw .invalid("\(place): there is no role \(quoted(role))")
        }
        return index
    }

    private func applicationUser(_ object: DocumentObject, clients: [Client]) throws(SimulatorError) -> SystemUser {
        let name = try object.required("client")
        guard let client = clients.first(where: { $0.name == name }) else {
            throw .invalid("\(object.place).client: there is no client \(quoted(name))")
        }
        var user = SystemUser(id: .named("user \(self.name)/\(name)"), fullName: "# \(name)")
        user.objectID = .named("service principal \(tenant)/\(name)")
        user.applicationID = client.id
        user.domainName = "\(client.id)@\(tenant).example"
        user.isDisabled = try object.bool("disabled")
        user.accessMode = 4
        user.isLicensed = false
        user.roles = try roleIndices(try object.texts("roles"), unit: 0, at: object.place)
        return user
    }

    /// The row of `person`, as the population has it.
    func row(of person: Person, _ row: PersonRow) throws(SimulatorError) -> SystemUser {
        let place = "people.\(person.name).environments.\(name)"
        let unit = try row.businessUnit.map { unit throws(SimulatorError) in try index(ofUnit: unit, at: place) } ?? 0
        var user = SystemUser(id: row.id ?? .named("user \(name)/\(person.name)"), fullName: person.displayName)
        user.person = person.name
        user.objectID = person.objectID
        user.domainName = person.userPrincipalName
        user.email = row.email.map { $0.isEmpty ? nil : $0 } ?? person.mail
        user.emailStatus = row.emailStatus
        user.isApprovedByAdministrator = row.isApprovedByAdministrator
        user.isDisabled = row.isDisabled
        user.accessMode = row.accessMode
        user.azureState = row.azureState
        user.isLicensed = row.isLicensed
        user.businessUnit = unit
        user.roles = try roleIndices(row.roles, unit: unit, at: place)
        user.staleRoles = try row.staleRoles.map { names throws(SimulatorError) in
            try roleIndices(names, unit: unit, at: place)
        }
        user.teams = [unit] + (try teamIndices(row.teams, at: place))
        if let time = row.modifiedOn { user.modifiedOn = time }
        return user
    }

    /// The places of the roles of these names, of their copies in `unit`.
    func roleIndices(_ names: [String], unit: Int, at place: String) throws(SimulatorError) -> [Int] {
        var indices: [Int] = []
        for name in names { indices.append(try Self.index(of: name, in: roles, unit: unit, at: place)) }
        return indices
    }

    private func teamIndices(_ names: [String], at place: String) throws(SimulatorError) -> [Int] {
        var indices: [Int] = []
        for name in names {
            guard let index = teams.firstIndex(where: { $0.name == name }) else {
                throw .invalid("\(place): there is no team \(quoted(name))")
            }
            indices.append(index)
        }
        return indices
    }

    private func index(ofUnit name: String, at place: String) throws(SimulatorError) -> Int {
        guard let index = businessUnits.firstIndex(where: { $0.name == name }) else {
            throw .invalid("\(place): there is no business unit \(quoted(name))")
        }
        return index
    }
}
