internal import AuthService
internal import BridgeCore

/// A row of PermissionSetGroupComponent: a permission set that belongs to a group, or one that mutes parts of it.
struct GroupMember: Sendable {
    let groupID: SalesforceID
    let setID: SalesforceID
    let name: String
    let label: String?
    let namespacePrefix: String?
    /// Whether it takes away what the other members of the group give, and gives nothing itself.
    let isMuting: Bool

    /// - Parameter groups: not empty.
    static func query(_ groups: [SalesforceID]) -> SOQL {
        """
        SELECT PermissionSetGroupId, PermissionSetId, PermissionSet.Name, PermissionSet.Label, \
        PermissionSet.NamespacePrefix, PermissionSet.Type FROM PermissionSetGroupComponent \
        WHERE PermissionSetGroupId IN \(groups)
        """
    }

    /// Reads a row; `nil` for one without its ids.
    init?(_ row: JSONValue) {
        guard let groupID = row.id("PermissionSetGroupId"), let setID = row.id("PermissionSetId") else { return nil }
        let set = row["PermissionSet"]
        (self.groupID, self.setID) = (groupID, setID)
        let setName = set?["Name"]?.stringValue
        name = setName ?? setID.value
        label = set?["Label"]?.stringValue
        namespacePrefix = set?["NamespacePrefix"]?.stringValue
        // Sets that mute are documented as objects of their own (MutingPermissionSet): then there is no row of PermissionSet.
        isMuting = setName == nil || Self.mutes(set?["Type"]?.stringValue)
    }

    /// Whether a set of that type takes away what it has from its group: whatever is not known to give does.
    static func mutes(_ type: String?) -> Bool { [nil, "muting", "group"].contains(type?.lowercased()) }

    /// The set as the person has it, as long as the group.
    func component(of group: SalesforceFacts.Component) -> SalesforceFacts.Component {
        SalesforceFacts.Component(
            name: name, label: label, namespacePrefix: namespacePrefix, id: setID, group: group.name,
            isActive: group.isActive, expiresAt: group.expiresAt)
    }
}
