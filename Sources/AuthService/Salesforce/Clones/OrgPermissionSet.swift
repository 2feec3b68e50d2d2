internal import BridgeCore

/// A permission set of an org with what it gives access to, by which clones are known whatever they are called.
package struct OrgPermissionSet: Sendable, Hashable {
    package let id: SalesforceID
    /// The API name.
    package let name: String
    package let label: String
    /// Of a managed package; `nil` for what is the org's own.
    package let namespacePrefix: String?
    /// What it gives access to (`SetupEntityAccess`, custom permissions among it), apart from connected apps: a clone is made
    /// to be added to one, which packaged sets cannot be.
    package let content: Set<Entry>
    /// How much more it gives access to that no packaged set does, which is not in `content`.
    package let otherCount: Int
    /// Those of the custom permissions that have a name: rules may ask for them.
    package let customPermissions: [SalesforceFacts.Component]

    /// The type of what is no part of the content.
    package static let connectedApplication = "ConnectedApplication"

    /// Something of the org's setup.
    package struct Entry: Sendable, Hashable {
        /// `CustomPermission`, `ApexClass`, `ApexPage`, ...
        package let type: String
        package let id: SalesforceID

        package init(type: String, id: SalesforceID) {
            self.type = type
            self.id = id
        }
    }

    package init(
        id: SalesforceID, name: String, label: String, namespacePrefix: String?, content: Set<Entry>,
        otherCount: Int = 0, customPermissions: [SalesforceFacts.Component] = []
    ) {
        self.id = id
        self.name = name
        self.label = label
        self.namespacePrefix = namespacePrefix
        self.otherCount = otherCount
        self.customPermissions = customPermissions
        self.content = content.filter { $0.type != Self.connectedApplication }
    }

    /// Whether it came with a package, so that nobody in the org can change it.
    package var isPackaged: Bool { namespacePrefix?.isEmpty == false }
}
