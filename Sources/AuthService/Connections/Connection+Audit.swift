internal import BridgeCore

extension AuditEntry {
    /// A connection was made or changed: `connection.create`, `connection.update`; `connection.consent` where consent
    /// alone came. Secrets are masked; when a credential was put there is said.
    package static func saved(_ connection: Connection, over known: Connection?, _ stamp: AuditStamp) -> AuditEntry {
        let action =
            switch known {
            case nil: "connection.create"
            case let known? where known.isSame(as: connection): "connection.consent"
            default: "connection.update"
            }
        return AuditEntry(
            action, stamp, license: connection.id.license, before: known?.auditValue, after: connection.auditValue)
    }

    /// A connection was removed with its credential: `connection.remove`.
    package static func removed(_ connection: Connection, _ stamp: AuditStamp) -> AuditEntry {
        AuditEntry("connection.remove", stamp, license: connection.id.license, before: connection.auditValue)
    }
}

extension Connection {
    /// Whether both are the same link, whatever is known to work.
    fileprivate func isSame(as other: Connection) -> Bool {
        (settings, credential, validation) == (other.settings, other.credential, other.validation)
    }

    /// The connection as the audit trail shows it.
    fileprivate var auditValue: JSONValue {
        var members = [
            JSONMember(name: "kind", value: .string(id.kind.rawValue)),
            JSONMember(name: "name", value: .string(id.name.value)),
        ]
        members += documentMembers
        members.append(JSONMember(name: "credentialSetAt", value: .text(credential?.setAt?.description)))
        members.append(JSONMember(name: "testedAt", value: .text(validation?.testedAt.description)))
        if id.kind == .dynamics {
            members.append(JSONMember(name: "consentedAt", value: .text(consentedAt?.description)))
        }
        return .object(members)
    }
}

extension JSONValue {
    fileprivate static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
