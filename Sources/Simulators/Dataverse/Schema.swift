/// The tables of an environment, as far as a bridge has any business with them.
enum Schema {
    static let systemUser = EntityType(
        "systemuser", displayName: "SystemUser", set: "systemusers", key: "systemuserid", privilege: "prvReadUser",
        columns: [
            "azureactivedirectoryobjectid": .guid, "internalemailaddress": .text, "domainname": .text,
            "fullname": .text, "isdisabled": .boolean, "accessmode": .integer, "emailrouteraccessapproval": .integer,
            "isemailaddressapprovedbyo365admin": .boolean, "applicationid": .guid, "azurestate": .integer,
            "islicensed": .boolean, "isintegrationuser": .boolean, "_businessunitid_value": .guid,
            "createdon": .time, "modifiedon": .time,
        ],
        alternateKeys: ["azureactivedirectoryobjectid"],
        navigations: ["systemuserroles_association": "role", "teammembership_association": "team"])

    static let role = EntityType(
        "role", displayName: "Role", set: "roles", key: "roleid", privilege: "prvReadRole",
        columns: [
            "name": .text, "_parentrootroleid_value": .guid, "_parentroleid_value": .guid,
            "_roletemplateid_value": .guid, "_businessunitid_value": .guid, "createdon": .time, "modifiedon": .time,
        ],
        navigations: ["systemuserroles_association": "systemuser", "teamroles_association": "team"])

    static let team = EntityType(
        "team", displayName: "Team", set: "teams", key: "teamid", privilege: "prvReadTeam",
        columns: [
            "name": .text, "teamtype": .integer, "azureactivedirectoryobjectid": .guid, "isdefault": .boolean,
            "_businessunitid_value": .guid, "createdon": .time, "modifiedon": .time,
        ],
        navigations: ["teamroles_association": "role", "teammembership_association": "systemuser"])

    static let businessUnit = EntityType(
        "businessunit", displayName: "BusinessUnit", set: "businessunits", key: "businessunitid",
        privilege: "prvReadBusinessUnit",
        columns: ["name": .text, "_parentbusinessunitid_value": .guid, "createdon": .time, "modifiedon": .time])

    /// Cases: there are none, and reading them takes a privilege of its own.
    static let incident = EntityType(
        "incident", displayName: "Incident", set: "incidents", key: "incidentid", privilege: "prvReadIncident",
        columns: ["title": .text, "ticketnumber": .text, "createdon": .time, "modifiedon": .time])

    /// By the singular name.
    static func tables(without missing: Set<String>) -> [String: EntityType] {
        let tables = [systemUser, role, team, businessUnit, incident].map { $0.without(missing) }
        return Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })
    }
}
