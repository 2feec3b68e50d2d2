package import BridgeCore

extension SalesforceFacts {
    /// A permission set, a group of them, a custom permission or a profile that the person has, by the texts a rule may
    /// know it by.
    package struct Component: Sendable, Hashable {
        /// The API name; where only one text is known, that one, which may be a label or an id as well.
        package var name: String
        package var label: String?
        /// Of a managed package; `nil` for what is the org's own.
        package var namespacePrefix: String?
        package var id: SalesforceID?
        /// The group that the person has it through; `nil` for what is assigned by itself.
        package var group: String?
        package var isActive: Bool
        /// When the assignment ends.
        package var expiresAt: Timestamp?

        package init(
            name: String, label: String? = nil, namespacePrefix: String? = nil, id: SalesforceID? = nil,
            group: String? = nil, isActive: Bool = true, expiresAt: Timestamp? = nil
        ) {
            self.name = name
            self.label = label
            self.namespacePrefix = namespacePrefix
            self.id = id
            self.group = group
            self.isActive = isActive
            self.expiresAt = expiresAt
        }

        /// Whether the assignment is in force.
        @inline(__always)
        package func isActive(at now: Timestamp) -> Bool {
            isActive && expiresAt.map { $0 > now } ?? true
        }

        /// `PREFIX__NAME`, as a component of a managed package is called outside it; `nil` for others.
        @inline(__always)
        var namespacedName: String? {
            guard let namespacePrefix, !namespacePrefix.isEmpty else { return nil }
            return "\(namespacePrefix)__\(name)"
        }
    }
}
