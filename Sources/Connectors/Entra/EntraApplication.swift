package import BridgeCore

/// An app registration as the bridge uses it: whose tenant, which client, and how the client proves itself.
package struct EntraApplication: Sendable {
    /// Where the tenant's cloud signs people and applications in.
    package let authority: EntraAuthority
    /// The directory (tenant) id.
    package let tenantID: GUID
    /// The application (client) id.
    package let clientID: GUID
    package let credential: ClientCredential

    package init(authority: EntraAuthority, tenantID: GUID, clientID: GUID, credential: ClientCredential) {
        self.authority = authority
        self.tenantID = tenantID
        self.clientID = clientID
        self.credential = credential
    }
}
