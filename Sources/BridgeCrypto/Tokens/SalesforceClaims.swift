public import BridgeCore

/// The `salesforce` claim: what the org says about its user at the moment of signing.
///
/// `nil` means that the token does not say it, which is never the same as "none".
public final class SalesforceClaims: Sendable {
    /// The org's id, 15 or 18 characters.
    public let organizationID: String?
    /// The user's id, 15 or 18 characters.
    public let userID: String?
    public let username: String?
    /// Whether Salesforce has verified the address in `sub`; always there, its absence refuses the token.
    public let emailVerified: Bool
    public let isActive: Bool?
    /// `Standard` for people of the org; `Guest`, `PowerPartner` and others are not agents.
    public let userType: String?
    public let profile: String?
    public let permissionSets: [PermissionSet]?
    public let permissionSetGroups: [String]?
    public let customPermissions: [String]?

    /// A permission set that is assigned to the user, with as much of it as the signer wrote.
    public struct PermissionSet: Sendable, Hashable {
        /// The API name; for the short form in the token, the one text that was given.
        public let name: String
        public let label: String?
        public let namespacePrefix: String?
        /// Whether the assignment is in force; `nil` where the signer did not say.
        public let isActive: Bool?
        /// When the assignment ends.
        public let expirationDate: Timestamp?
        /// Whether the token gave one text only, which may be a name, a label or an id.
        public let isShortForm: Bool
    }

    /// Reads the claim, also where it stands by itself; the wrong type anywhere is `claim_invalid`, a missing `emailVerified` `claim_missing`.
    package init(_ value: JSONValue) throws(TokenRefusal) {
        guard case .object = value else { throw .invalid(.salesforce, "is not an object") }
        let reader = ObjectReader(value, path: "")
        organizationID = try reader.id("organizationId", prefix: "00D")
        userID = try reader.id("userId", prefix: "005")
        username = try reader.text("username")
        isActive = try reader.bool("isActive")
        userType = try reader.text("userType")
        profile = try reader.text("profile")
        permissionSets = try reader.elements("permissionSets", PermissionSet.init)
        permissionSetGroups = try reader.elements("permissionSetGroups", ObjectReader.text)
        customPermissions = try reader.elements("customPermissions", ObjectReader.text)
        guard let emailVerified = try reader.bool("emailVerified") else { throw .missing(.emailVerified) }
        self.emailVerified = emailVerified
    }
}

extension SalesforceClaims.PermissionSet {
    fileprivate init(_ value: JSONValue, path: String) throws(TokenRefusal) {
        if let name = value.stringValue {
            self.init(
                name: name, label: nil, namespacePrefix: nil, isActive: nil, expirationDate: nil, isShortForm: true)
            return
        }
        guard case .object = value else { throw .invalid(.salesforce, "\(path) is neither a string nor an object") }
        let reader = ObjectReader(value, path: "\(path).")
        guard let name = try reader.text("name") else { throw .invalid(.salesforce, "\(path) has no name") }
        self.init(
            name: name, label: try reader.nullableText("label"),
            namespacePrefix: try reader.nullableText("namespacePrefix"), isActive: try reader.bool("isActive"),
            expirationDate: try reader.time("expirationDate"), isShortForm: false)
    }
}

/// Reads members of known types out of an object; every other type is refused with the path of the member.
private struct ObjectReader {
    let value: JSONValue
    let path: String

    init(_ value: JSONValue, path: String) {
        self.value = value
        self.path = path
    }

    func text(_ name: String) throws(TokenRefusal) -> String? {
        guard let member = value[name] else { return nil }
        return try Self.text(member, path: path + name)
    }

    /// Apex writes fields that have no value as `null`; where a record may lack the field, that means absent.
    func nullableText(_ name: String) throws(TokenRefusal) -> String? {
        value[name] == .null ? nil : try text(name)
    }

    func bool(_ name: String) throws(TokenRefusal) -> Bool? {
        guard let member = value[name] else { return nil }
        guard let bool = member.boolValue else { throw .invalid(.salesforce, "\(path)\(name) is not a boolean") }
        return bool
    }

    func time(_ name: String) throws(TokenRefusal) -> Timestamp? {
        guard let text = try nullableText(name) else { return nil }
        guard let time = Timestamp(salesforce: text) else {
            throw .invalid(.salesforce, "\(path)\(name) is neither a date nor a date-time")
        }
        return time
    }

    func id(_ name: String, prefix: String) throws(TokenRefusal) -> String? {
        guard let text = try text(name) else { return nil }
        guard text.utf8.count == 15 || text.utf8.count == 18, text.hasPrefix(prefix),
            text.utf8.allSatisfy({ $0.isASCIIAlphanumeric })
        else {
            throw .invalid(.salesforce, "\(path)\(name) is no id of 15 or 18 characters that begins with \(prefix)")
        }
        return text
    }

    func elements<Element>(
        _ name: String, _ read: (JSONValue, String) throws(TokenRefusal) -> Element
    ) throws(TokenRefusal) -> [Element]? {
        guard let member = value[name] else { return nil }
        guard let values = member.arrayValue else { throw .invalid(.salesforce, "\(path)\(name) is not an array") }
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            elements.append(try read(value, "\(path)\(name)[\(index)]"))
        }
        return elements
    }

    static func text(_ value: JSONValue, path: String) throws(TokenRefusal) -> String {
        guard let text = value.stringValue else { throw .invalid(.salesforce, "\(path) is not a string") }
        return text
    }
}

extension UInt8 {
    fileprivate var isASCIIAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}
