package import BridgeCore

/// A tenant as one document: what `tenant export` writes and `tenant apply` reads.
///
/// Everything an administrator decides and no secret; written in one way only, so that two exports differ where the
/// tenants do, and an export that is applied changes nothing.
package struct TenantDocument: Sendable, Hashable {
    package let license: License
    package let name: String?
    package let settings: TenantSettings

    package init(license: License, name: String?, settings: TenantSettings) {
        self.license = license
        self.name = name
        self.settings = settings
    }

    /// What is there of a tenant.
    package init(_ tenant: Tenant) {
        self.init(license: tenant.license, name: tenant.name, settings: tenant.settings)
    }

    /// The names of all members, in the order in which they are written.
    package static let memberNames = ["license", "name"] + TenantSettings.memberNames

    /// Reads a document that a person wrote; see `TenantSettings.init(_:at:besides:)` for what may be absent.
    package init(_ value: JSONValue) throws(DocumentError) {
        let object = try DocumentObject(value, at: "", names: Self.memberNames)
        guard let license = License(try object.text("license")) else {
            throw DocumentError(
                at: "license", "is no license key",
                hint: "it stands in the account settings of Cobrowse: up to 64 letters, digits, . _ -")
        }
        self.init(
            license: license, name: try Self.name(object),
            settings: try TenantSettings(value, besides: ["license", "name"]))
    }

    /// Reads the text of a document; what is no JSON is refused with line and column.
    package init(parsing text: some Collection<UInt8>) throws(DocumentError) {
        try self.init(DocumentText.value(text))
    }

    private static func name(_ object: DocumentObject) throws(DocumentError) -> String? {
        guard let value = object.optional("name"), value != .null else { return nil }
        guard let name = value.stringValue, TenantName.isAcceptable(name) else {
            throw DocumentError(
                at: "name", "has to be a text of 1 to 128 characters, or null",
                hint: "without control and direction-changing characters")
        }
        return name
    }

    /// Writes the members into an object that is open.
    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("license", license.value)
        writer.member("name", name)
        settings.writeMembers(to: &writer)
    }

    /// The document as one tree.
    package var value: JSONValue {
        var writer = JSONWriter()
        writer.object { writeMembers(to: &$0) }
        // What was just written is JSON.
        return (try? JSONValue(parsing: writer.bytes)) ?? .null
    }
}
