package import AuthService
internal import BridgeCore
internal import HTTPMessage

/// Who a token speaks for, as an identity URL says it: `https://login.salesforce.com/id/00D.../005...` ("Identity URLs",
/// Salesforce Help). The URL itself is not followed: UserInfo says more.
package struct SalesforceIdentity: Sendable, Hashable {
    package let organizationID: SalesforceID
    package let userID: SalesforceID

    init(organizationID: SalesforceID, userID: SalesforceID) {
        (self.organizationID, self.userID) = (organizationID, userID)
    }

    /// Reads an identity URL; `nil` for a host that `hosts` does not allow, and for anything but an org and a user.
    package init?(_ text: String, hosts: SalesforceHosts) {
        guard let url = RequestURL(text), hosts.allows(url.origin) else { return nil }
        let parts = url.target.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, parts[1] == "id",
            let organization = SalesforceID(String(parts[2])), organization.value.hasPrefix("00D"),
            let user = SalesforceID(String(parts[3])), user.value.hasPrefix("005")
        else { return nil }
        (organizationID, userID) = (organization, user)
    }
}
