package import AuthService
package import BridgeCore
package import HTTPMessage

/// A CRM whose connections are kept in step with it; one for a process.
package protocol SyncVendor: Sendable {
    /// How often a connection is asked before it has said how often it may be.
    var budget: SyncBudget.Size { get }

    /// Reads a connection, once.
    ///
    /// - Parameters:
    ///   - tenant: whose connection it is, and who decides by `policy`.
    ///   - sender: sends every request to the CRM.
    ///   - now: what is remembered of the run as its beginning.
    /// - Throws: why it cannot be read: nobody reads it in between, or it has not passed its test.
    func source(
        of connection: Connection, in tenant: Tenant, by policy: AccessPolicy, through sender: any HTTPSender,
        now: Timestamp
    ) throws(ConnectorError) -> any SyncSource

    /// How often the connection may be asked from now on; `nil` where a response says nothing of that.
    func budget(after response: IncomingResponse) -> SyncBudget.Size?

    /// Forgets what memory holds of a person, whom it would let in again.
    ///
    /// - Parameter subject: as the identity has it.
    func forget(_ subject: String, of connection: ConnectionID)
}

extension SyncVendor {
    package func budget(after response: IncomingResponse) -> SyncBudget.Size? { nil }
}
