package import AuthService
package import BridgeCore
internal import HTTPMessage

/// What UserInfo says of the user whom a token speaks for ("UserInfo Endpoint", Salesforce Help).
///
/// What is missing stays `nil`: a member that was not said is not a `false`.
package struct SalesforceUserInfo: Sendable, Hashable {
    package let organizationID: SalesforceID
    package let userID: SalesforceID
    package let username: String?
    package let email: String?
    package let emailVerified: Bool?
    package let name: String?
    package let isActive: Bool?
    /// `STANDARD`, as Salesforce writes it here.
    package let userType: String?
    /// API names of custom permissions and whether the user has them; `nil` without the scope `custom_permissions`.
    package let customPermissions: [String: Bool]?

    /// Reads an answer; `nil` where it names no org and user.
    package init?(_ value: JSONValue) {
        guard let organization = value["organization_id"]?.stringValue.flatMap({ SalesforceID($0) }),
            let user = value["user_id"]?.stringValue.flatMap({ SalesforceID($0) })
        else { return nil }
        (organizationID, userID) = (organization, user)
        username = value["preferred_username"]?.stringValue
        email = value["email"]?.stringValue
        emailVerified = value["email_verified"]?.boolValue
        name = value["name"]?.stringValue
        isActive = value["active"]?.boolValue
        userType = value["user_type"]?.stringValue
        let permissions = value["custom_permissions"]?.objectValue
        customPermissions = permissions.map { members in
            // What is neither true nor false says nothing.
            let said = members.compactMap { member in member.value.boolValue.map { (member.name, $0) } }
            return Dictionary(said) { first, _ in first }
        }
    }
}

extension SalesforceClient {
    /// What UserInfo says of whoever the token speaks for.
    ///
    /// - Throws: as `query`; `upstream_unavailable` where it names no org and user.
    package func userInfo() async throws(ConnectorError) -> SalesforceUserInfo {
        let url = RequestURL(origin: instance, segments: ["services", "oauth2", "userinfo"])
        guard let info = SalesforceUserInfo(try await value(at: url)) else {
            throw .unusable(instance, "answered without the org and the user that the token speaks for")
        }
        return info
    }
}
