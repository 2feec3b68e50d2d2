internal import AuthService
internal import BridgeCore

/// A row of `role`: one business unit's copy of a security role.
struct SecurityRoleRow: Sendable, Hashable {
    /// Of this copy.
    let id: GUID
    /// Without the white space around it that people type.
    let name: String
    /// Of the copy in the root business unit; its own where that is this one.
    let rootID: GUID?
    /// The role of Microsoft's that it is.
    let templateID: GUID?

    /// What every query for roles asks for.
    static let selection = [("$select", "roleid,name,_parentrootroleid_value,_roletemplateid_value")]

    init?(_ row: JSONValue) {
        guard let id = row["roleid"]?.stringValue.flatMap({ GUID($0) }), let name = row["name"]?.stringValue else {
            return nil
        }
        self.id = id
        self.name = Self.trimmed(name)
        rootID = row["_parentrootroleid_value"]?.stringValue.flatMap { GUID($0) }
        templateID = row["_roletemplateid_value"]?.stringValue.flatMap { GUID($0) }
    }

    /// As the rules know it.
    var fact: DynamicsFacts.SecurityRole {
        DynamicsFacts.SecurityRole(name: name, rootID: (rootID ?? id).value, templateID: templateID?.value)
    }

    /// Whether it is System Administrator, which may do everything, under whatever name.
    var isSystemAdministrator: Bool { templateID?.value == "627090ff-40a3-4053-8790-584edc5be201" }

    private static func trimmed(_ text: String) -> String {
        var rest = text.drop(while: \.isWhitespace)
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
