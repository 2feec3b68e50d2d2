internal import AuthService
internal import BridgeCore

/// A row of PermissionSetAssignment: a permission set of the person, a group of them, or the set that a profile owns.
struct SetAssignment: Sendable {
    /// The permission set; of a group the one that stands for all of it, of a profile the one that it owns.
    let setID: SalesforceID
    let kind: Kind

    enum Kind: Sendable {
        case set(SalesforceFacts.Component)
        case group(SalesforceFacts.Component)
        case profile(SalesforceFacts.Component)
    }

    /// What it takes to know what is assigned, and until when.
    ///
    /// - Parameter last: what `SalesforceClient.askingWhatIsRevoked` has the columns end with.
    static func query(_ user: SalesforceID, _ last: SOQL) -> SOQL {
        """
        SELECT PermissionSetId, PermissionSet.Name, PermissionSet.Label, PermissionSet.NamespacePrefix, \
        PermissionSet.IsOwnedByProfile, PermissionSet.ProfileId, PermissionSet.Profile.Name, PermissionSetGroupId, \
        PermissionSetGroup.DeveloperName, PermissionSetGroup.MasterLabel, PermissionSetGroup.NamespacePrefix, IsActive, \
        \(AssignmentTerm.columns)\(last) FROM PermissionSetAssignment WHERE AssigneeId = \(user)
        """
    }

    /// Reads a row; `nil` for one without its ids.
    init?(_ row: JSONValue) {
        guard let id = row.id("PermissionSetId"), let set = row["PermissionSet"] else { return nil }
        setID = id
        if let group = row.id("PermissionSetGroupId") {
            kind = .group(row.component(row["PermissionSetGroup"], id, group, ("DeveloperName", "MasterLabel")))
        } else if set["IsOwnedByProfile"]?.boolValue == true {
            kind = .profile(
                SalesforceFacts.Component(
                    name: set["Profile"]?["Name"]?.stringValue ?? "", id: set.id("ProfileId")))
        } else {
            kind = .set(row.component(set, id, id, ("Name", "Label")))
        }
    }

    /// What is assigned.
    var component: SalesforceFacts.Component {
        switch kind {
        case .set(let component), .group(let component), .profile(let component): component
        }
    }
}

extension JSONValue {
    /// The id in a field; `nil` where there is none.
    func id(_ field: String) -> SalesforceID? { self[field]?.stringValue.flatMap { SalesforceID($0) } }

    /// What the row assigns, as long as it says itself.
    fileprivate func component(
        _ parent: JSONValue?, _ setID: SalesforceID, _ id: SalesforceID, _ names: (name: String, label: String)
    ) -> SalesforceFacts.Component {
        let term = AssignmentTerm(self)
        return SalesforceFacts.Component(
            name: parent?[names.name]?.stringValue ?? id.value, label: parent?[names.label]?.stringValue,
            namespacePrefix: parent?["NamespacePrefix"]?.stringValue, id: id,
            isActive: term.isActive, expiresAt: term.expiresAt)
    }
}
