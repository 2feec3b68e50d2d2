package import BridgeCore
internal import BridgeCrypto

extension TokenRequest {
    /// The members that say what a token is to say, besides the license.
    static let members = ["email", "displayName", "role", "policy", "expiresIn"]

    /// Reads `{"license","email","displayName","role","policy","expiresIn":seconds}`, the body of `POST /api/1/tokens`.
    ///
    /// `license` and `email` have to be there. `role` is `agent`, `administrator`, or `null` with a policy.
    package init(_ value: JSONValue) throws(DocumentError) {
        let object = try DocumentObject(value, at: "", names: ["license"] + Self.members)
        guard let license = License(try object.text("license")) else {
            throw DocumentError(
                at: "license", "is no license key",
                hint: "it stands in the account settings of Cobrowse: up to 64 letters, digits, . _ -")
        }
        try self.init(object, license: license)
    }

    /// Reads `members` of an object that may have others.
    init(_ object: DocumentObject, license: License) throws(DocumentError) {
        guard let email = EmailAddress(try object.text("email")) else {
            throw DocumentError(at: "email", "is no e-mail address", hint: "write it like ann@example.com")
        }
        self.init(license: license, email: email)
        if object.names.contains("displayName") { displayName = try object.text("displayName") }
        if object.names.contains("policy") { policy = try Self.policy(object.value("policy")) }
        if object.names.contains("role") { role = try Self.role(object.value("role"), hasPolicy: policy != nil) }
        lifetime = try Self.lifetime(of: object)
    }

    /// `expiresIn`; `nil` where it is left out.
    static func lifetime(of object: DocumentObject) throws(DocumentError) -> Int64? {
        guard let value = object.optional("expiresIn") else { return nil }
        guard let seconds = value.integerValue, seconds >= 1 else {
            throw DocumentError(
                at: "expiresIn", "has to be a whole number of seconds, at least 1", hint: "for example 900")
        }
        return seconds
    }

    /// Reads the same from the bytes of a body.
    package init(parsing body: some Collection<UInt8>) throws(DocumentError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: body)
        } catch {
            throw DocumentError(at: "", "is no JSON: \(error)")
        }
        try self.init(value)
    }

    private static func policy(_ value: JSONValue) throws(DocumentError) -> JSONValue {
        guard value.objectValue != nil else { throw DocumentError(at: "policy", "has to be an object") }
        guard value["version"]?.integerValue == 3 else {
            throw DocumentError(at: "policy.version", "has to be 3", hint: "Cobrowse reads policies of version 3")
        }
        return value
    }

    private static func role(_ value: JSONValue, hasPolicy: Bool) throws(DocumentError) -> RoleClaim {
        switch value {
        case .null where hasPolicy: return .null
        case .null: throw DocumentError(at: "role", "is null without a policy", hint: "add a policy, or name a role")
        case .string("agent"): return .agent
        case .string("administrator"): return .administrator
        default: throw DocumentError(at: "role", "is no role", hint: "write agent or administrator, or null")
        }
    }
}
