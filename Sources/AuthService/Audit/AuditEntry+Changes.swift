package import BridgeCore
internal import BridgeCrypto

/// The entries of the changes that stores decide themselves, so that every store writes the same lines.
extension AuditEntry {
    /// A tenant was added: `tenant.create`.
    package static func created(_ tenant: Tenant, _ stamp: AuditStamp) -> AuditEntry {
        var members: [JSONMember] = []
        members.add("name", tenant.name)
        if let settings = try? JSONValue(parsing: tenant.settings.json.utf8) {
            members.append(JSONMember(name: "settings", value: settings))
        }
        return AuditEntry("tenant.create", stamp, license: tenant.license, after: .object(members))
    }

    /// A key was imported: `key.import` for a new one, `key.refresh` for a known one that took over a certificate or
    /// an alias, `nil` where the import changed nothing.
    package static func imported(
        _ key: TrustedKey, over known: TrustedKey?, outcome: ImportedKey.Outcome, _ stamp: AuditStamp
    ) -> AuditEntry? {
        if outcome == .unchanged { return nil }
        return AuditEntry(
            outcome == .new ? "key.import" : "key.refresh", stamp, license: key.license, before: known?.auditValue,
            after: key.auditValue)
    }

    /// Tokens of a key are refused from now on: `key.retire`.
    package static func retired(_ key: TrustedKey, over known: TrustedKey, _ stamp: AuditStamp) -> AuditEntry {
        AuditEntry(
            "key.retire", stamp, license: key.license, before: known.auditValue, after: key.auditValue)
    }

    /// A key is no longer trusted: `key.remove`.
    package static func removed(_ key: TrustedKey, _ stamp: AuditStamp) -> AuditEntry {
        AuditEntry("key.remove", stamp, license: key.license, before: key.auditValue)
    }

    /// Decisions have outlived their time: `decision.expire`.
    package static func expiredDecisions(_ count: Int, before time: Timestamp, _ stamp: AuditStamp) -> AuditEntry {
        .expired("decision.expire", count, before: time, stamp)
    }

    /// Revocations have outlived every token they cover: `revocation.expire`.
    package static func expiredRevocations(_ count: Int, at stamp: AuditStamp) -> AuditEntry {
        .expired("revocation.expire", count, before: stamp.time, stamp)
    }

    private static func expired(
        _ action: String, _ count: Int, before time: Timestamp, _ stamp: AuditStamp
    ) -> AuditEntry {
        AuditEntry(
            action, stamp, license: nil,
            after: .object([
                JSONMember(name: "before", value: .string(time.description)),
                JSONMember(name: "count", value: .number(.integer(Int64(count)))),
            ]))
    }

    /// The bridge has a signing key it did not have: `signingKey.create`.
    package static func created(_ key: StoredSigningKey, _ stamp: AuditStamp) -> AuditEntry {
        var members: [JSONMember] = []
        members.add("keyId", key.id)
        members.add("state", key.state.rawValue)
        return AuditEntry("signingKey.create", stamp, license: nil, after: .object(members))
    }
}

extension TrustedKey {
    /// The key as the audit trail shows it: names, validity and the digest of its certificate.
    fileprivate var auditValue: JSONValue {
        var members: [JSONMember] = []
        members.add("keyId", id)
        members.add("alias", alias)
        members.add("kid", declaredKeyID)
        members.add(
            "certificateSHA256", certificate.flatMap { try? SHA256Digest(of: $0) }.map { Hex.encode($0.bytes) })
        members.add("notAfter", notAfter?.description)
        members.add("retiredAt", retiredAt?.description)
        return .object(members)
    }
}

extension [JSONMember] {
    /// Adds a text that is there.
    fileprivate mutating func add(_ name: String, _ text: String?) {
        if let text { append(JSONMember(name: name, value: .string(text))) }
    }
}
