package import BridgeCore

/// Whom an environment takes a caller for (the function `WhoAmI`).
package struct WhoAmI: Sendable, Hashable {
    /// `systemuserid`: the row of the user, not Entra's object.
    package let userID: GUID
    package let organizationID: GUID
}

extension DataverseClient {
    /// Who is asking: the smallest question there is, which needs no privilege and still a user with a role.
    ///
    /// - Throws: as `value`.
    package func whoAmI() async throws(ConnectorError) -> WhoAmI {
        let answer = try await value(DataverseQuery("WhoAmI"))
        guard let user = answer["UserId"]?.stringValue.flatMap({ GUID($0) }),
            let organization = answer["OrganizationId"]?.stringValue.flatMap({ GUID($0) })
        else { throw .unusable(environment, "does not say who is asking") }
        return WhoAmI(userID: user, organizationID: organization)
    }
}
