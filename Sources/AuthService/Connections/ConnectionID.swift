/// Which connection: the tenant, the kind of system, and the name among the tenant's connections of that kind.
package struct ConnectionID: Sendable, Hashable {
    package let license: License
    package let kind: Kind
    package let name: ConnectionName

    /// The systems a tenant can be linked to.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case dynamics, salesforce
    }

    package init(_ kind: Kind, _ name: ConnectionName = .standard, of license: License) {
        self.license = license
        self.kind = kind
        self.name = name
    }

    /// The connection inside the tenant, as identities name it: `dynamics:default`.
    package var identityName: String { "\(kind.rawValue):\(name)" }

    /// What the sealed credential is bound to, so that boxes cannot be exchanged in the store.
    package var sealedRecordName: String { "connection \(identityName) of \(license)" }
}

extension ConnectionID: CustomStringConvertible {
    /// For people: `dynamics connection emea of trial12345`.
    package var description: String { "\(kind.rawValue) connection \(name) of \(license)" }
}
