import BridgeCore

/// The rows of an environment by table and place.
struct Tables: Sendable {
    let environment: Environment
    let schema: [String: EntityType]

    init(_ environment: Environment) {
        self.environment = environment
        schema = Schema.tables(without: environment.missingColumns)
    }

    /// A row, made or fetched once and then asked for its values.
    enum Row {
        case user(SystemUser)
        case role(SecurityRole)
        case team(Team)
        case unit(BusinessUnit)
    }

    func count(of entity: EntityType) -> Int {
        switch entity.name {
        case "systemuser": environment.users.count
        case "role": environment.roles.count
        case "team": environment.teams.count
        case "businessunit": environment.businessUnits.count
        default: 0
        }
    }

    /// The row at `place`, which lies below the count of its table.
    func row(_ entity: EntityType, _ place: Int) -> Row {
        switch entity.name {
        case "role": .role(environment.roles[place])
        case "team": .team(environment.teams[place])
        case "businessunit": .unit(environment.businessUnits[place])
        default: .user(environment.users[place])
        }
    }

    /// Where the row with that key is.
    func place(_ entity: EntityType, id: GUID) -> Int? {
        switch entity.name {
        case "systemuser": environment.users.place(ofID: id)
        case "role": environment.roles.firstIndex { $0.id == id }
        case "team": environment.teams.firstIndex { $0.id == id }
        case "businessunit": environment.businessUnits.firstIndex { $0.id == id }
        default: nil
        }
    }

    /// The value of a column that the table has.
    func value(_ row: Row, _ column: String) -> ODataValue {
        switch row {
        case .user(let user): value(user, column)
        case .role(let role): value(role, column)
        case .team(let team): value(team, column)
        case .unit(let unit): value(unit, column)
        }
    }

    private func value(_ user: SystemUser, _ column: String) -> ODataValue {
        switch column {
        case "systemuserid": .guid(user.id)
        case "azureactivedirectoryobjectid": ODataValue(user.objectID)
        case "internalemailaddress": ODataValue(user.email)
        case "domainname": .text(user.domainName)
        case "fullname": .text(user.fullName)
        case "isdisabled": .boolean(user.isDisabled)
        case "accessmode": .integer(user.accessMode)
        case "emailrouteraccessapproval": .integer(user.emailStatus)
        case "isemailaddressapprovedbyo365admin": .boolean(user.isApprovedByAdministrator)
        case "applicationid": ODataValue(user.applicationID)
        case "azurestate": .integer(user.azureState)
        case "islicensed": .boolean(user.isLicensed)
        case "isintegrationuser": .boolean(user.applicationID != nil)
        case "_businessunitid_value": .guid(environment.businessUnits[user.businessUnit].id)
        case "createdon": .time(user.createdOn)
        case "modifiedon": .time(user.modifiedOn)
        default: .null
        }
    }

    private func value(_ role: SecurityRole, _ column: String) -> ODataValue {
        switch column {
        case "roleid": .guid(role.id)
        case "name": .text(role.name)
        case "_parentrootroleid_value": .guid(role.rootID)
        case "_parentroleid_value": role.id == role.rootID ? .null : .guid(role.rootID)
        case "_roletemplateid_value": ODataValue(role.templateID)
        case "_businessunitid_value": .guid(environment.businessUnits[role.businessUnit].id)
        default: time(column)
        }
    }

    private func value(_ team: Team, _ column: String) -> ODataValue {
        switch column {
        case "teamid": .guid(team.id)
        case "name": .text(team.name)
        case "teamtype": .integer(team.type)
        case "azureactivedirectoryobjectid": ODataValue(team.group.map { .named("group \($0)") })
        case "isdefault": .boolean(team.isDefault)
        case "_businessunitid_value": .guid(environment.businessUnits[team.businessUnit].id)
        default: time(column)
        }
    }

    private func value(_ unit: BusinessUnit, _ column: String) -> ODataValue {
        switch column {
        case "businessunitid": .guid(unit.id)
        case "name": .text(unit.name)
        case "_parentbusinessunitid_value": unit.isRoot ? .null : ODataValue(environment.businessUnits.first?.id)
        default: time(column)
        }
    }

    private func time(_ column: String) -> ODataValue {
        column == "createdon" || column == "modifiedon" ? .time(SystemUser.beginning) : .null
    }
}
