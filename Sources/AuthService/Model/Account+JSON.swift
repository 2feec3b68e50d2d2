package import BridgeCore

extension Account {
    /// Writes the members that every answer about an account has, into an object that is open.
    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("email", email.value)
        writer.member("displayName", displayName)
        writer.member("role", role.rawValue)
        writer.member("status", status.rawValue)
        writer.member("createdAt", createdAt.description)
        writer.member("lastLoginAt", lastLoginAt.description)
    }
}

/// What somebody wants to be different about an account: `{"status","role","releaseAddress"}`, at least one of them.
package struct AccountPatch: Sendable, Hashable {
    /// `nil` leaves it.
    package let status: Account.Status?
    /// `nil` leaves it.
    package let role: Role?
    /// Whether another account may have the address from now on; of a disabled account only.
    package let releasesAddress: Bool

    package init(status: Account.Status? = nil, role: Role? = nil, releasesAddress: Bool = false) {
        self.status = status
        self.role = role
        self.releasesAddress = releasesAddress
    }

    /// Reads the object.
    package init(_ value: JSONValue) throws(DocumentError) {
        let object = try DocumentObject(value, at: "", names: ["status", "role", "releaseAddress"])
        guard !object.names.isEmpty else {
            throw DocumentError(at: "", "changes nothing", hint: "name status, role or both")
        }
        status = try Self.choice("status", of: object, among: Self.statuses)
        role = try Self.choice("role", of: object, among: Role.allCases)
        releasesAddress = try object.optionalBool("releaseAddress") ?? false
    }

    /// What somebody may make of an account by name; suspending is a sync's.
    package static let statuses: [Account.Status] = [.active, .disabled]

    private static func choice<Choice: RawRepresentable<String> & Equatable>(
        _ name: String, of object: DocumentObject, among choices: [Choice]
    ) throws(DocumentError) -> Choice? {
        guard let text = try object.optionalText(name) else { return nil }
        guard let choice = Choice(rawValue: text), choices.contains(choice) else {
            throw DocumentError(
                at: object.place(of: name), "\(quoted(text)) is not known",
                hint: "write \(choices.map(\.rawValue).joined(separator: " or "))")
        }
        return choice
    }
}
