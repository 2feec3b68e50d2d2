package import BridgeCore

extension SalesforceFacts {
    /// The names of all members, in the order in which they are written.
    static let memberNames = [
        "connection", "organizationId", "userId", "username", "emailVerified", "isActive", "isFrozen", "userType",
        "profile", "permissionSets", "permissionSetGroups", "customPermissions", "notReadable",
    ]

    /// Reads the form of the token's claim, and what a connection learns besides: `connection`, `isFrozen`,
    /// `notReadable`, and objects `{"name","label","namespacePrefix","id","group","isActive","expirationDate"}` wherever
    /// the claim has names.
    ///
    /// Only of what a connection has read may it be unknown whether the address is verified.
    package init(_ value: JSONValue, at place: String) throws(DocumentError) {
        let object = try DocumentObject(value, at: place, names: Self.memberNames)
        let connection = try object.word("connection", of: [], ConnectionName.init)
        let emailVerified = try object.optionalBool("emailVerified")
        guard emailVerified != nil || connection != nil else {
            throw DocumentError(at: place, "emailVerified is missing")
        }
        self.init(
            connection: connection, organizationID: try object.id("organizationId", prefix: "00D"),
            userID: try object.id("userId", prefix: "005"), username: try object.optionalText("username"),
            emailVerified: emailVerified, isActive: try object.optionalBool("isActive"),
            isFrozen: try object.optionalBool("isFrozen"), userType: try object.optionalText("userType"),
            profile: try object.optional("profile").map { value throws(DocumentError) in
                try Component(value, at: object.place(of: "profile"))
            },
            permissionSets: try object.optionalElements("permissionSets", Component.init),
            permissionSetGroups: try object.optionalElements("permissionSetGroups", Component.init),
            customPermissions: try object.optionalElements("customPermissions", Component.init),
            unreadable: Set(try object.optionalElements("notReadable", Unreadable.init) ?? []))
    }

    /// Writes the object that `init(_:at:)` reads; what is not known is left out.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            if let connection { writer.member("connection", connection.value) }
            if let organizationID { writer.member("organizationId", organizationID.value) }
            if let userID { writer.member("userId", userID.value) }
            if let username { writer.member("username", username) }
            if let emailVerified { writer.member("emailVerified", emailVerified) }
            if let isActive { writer.member("isActive", isActive) }
            if let isFrozen { writer.member("isFrozen", isFrozen) }
            if let userType { writer.member("userType", userType) }
            if let profile {
                writer.name("profile")
                profile.write(to: &writer)
            }
            writer.components("permissionSets", permissionSets)
            writer.components("permissionSetGroups", permissionSetGroups)
            writer.components("customPermissions", customPermissions)
            if !unreadable.isEmpty {
                writer.texts("notReadable", Unreadable.allCases.filter(unreadable.contains).map(\.rawValue))
            }
        }
    }
}

extension SalesforceFacts.Unreadable {
    fileprivate init(_ value: JSONValue, at place: String) throws(DocumentError) {
        guard let known = value.stringValue.flatMap(Self.init(rawValue:)) else {
            throw DocumentError(
                at: place, "is not known here", hint: "one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = known
    }
}

extension SalesforceFacts.Component {
    /// The name first, which alone has to be there.
    static let memberNames = [
        "name", "label", "namespacePrefix", "id", "group", "isActive", "expirationDate",
    ]

    /// Reads a name, or an object of which only the name has to be there.
    fileprivate init(_ value: JSONValue, at place: String) throws(DocumentError) {
        if let name = value.stringValue {
            self.init(name: name)
            return
        }
        guard value.objectValue != nil else { throw DocumentError(at: place, "has to be a name or an object") }
        let object = try DocumentObject(value, at: place, names: Self.memberNames)
        self.init(
            name: try DocumentObject.text(object.value("name"), at: object.place(of: "name")),
            label: try object.nullableText("label"), namespacePrefix: try object.nullableText("namespacePrefix"),
            id: try object.id("id", prefix: "0"), group: try object.nullableText("group"),
            isActive: try object.optionalBool("isActive") ?? true, expiresAt: try object.time("expirationDate"))
    }

    fileprivate func write(to writer: inout JSONWriter) {
        guard
            label != nil || namespacePrefix != nil || id != nil || group != nil || !isActive || expiresAt != nil
        else { return writer.string(name) }
        writer.object { writer in
            writer.member("name", name)
            if let label { writer.member("label", label) }
            if let namespacePrefix { writer.member("namespacePrefix", namespacePrefix) }
            if let id { writer.member("id", id.value) }
            if let group { writer.member("group", group) }
            if !isActive { writer.member("isActive", false) }
            if let expiresAt { writer.member("expirationDate", expiresAt.description) }
        }
    }
}

extension DocumentObject {
    /// Apex writes fields that have no value as `null`; where a record may lack the field, that means absent.
    fileprivate func nullableText(_ name: String) throws(DocumentError) -> String? {
        optional(name) == .null ? nil : try optionalText(name)
    }

    /// A record id that may be missing, in either of its forms.
    fileprivate func id(_ name: String, prefix: String) throws(DocumentError) -> SalesforceID? {
        guard let text = try optionalText(name) else { return nil }
        guard text.hasPrefix(prefix), let id = SalesforceID(text) else {
            throw DocumentError(
                at: place(of: name), "is no id of 15 or 18 characters that begins with \(prefix)",
                hint: "copy it once more: the last three of 18 characters are check characters")
        }
        return id
    }

    /// A time that may be missing.
    fileprivate func time(_ name: String) throws(DocumentError) -> Timestamp? {
        guard let text = try nullableText(name) else { return nil }
        guard let time = Timestamp(salesforce: text) else {
            throw DocumentError(at: place(of: name), "is neither a date nor a date-time")
        }
        return time
    }
}

extension JSONWriter {
    fileprivate mutating func components(_ name: String, _ components: [SalesforceFacts.Component]?) {
        guard let components else { return }
        self.name(name)
        array { writer in for component in components { component.write(to: &writer) } }
    }
}
