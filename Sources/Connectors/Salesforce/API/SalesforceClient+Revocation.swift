internal import BridgeCore

extension SalesforceClient {
    /// Asks about assignments, with the column that says which were revoked, and without it where the org has none: only
    /// user access policies bring it (Object Reference, PermissionSetAssignment).
    ///
    /// - Parameter ask: sends a query of `PermissionSetAssignment`, whose list of columns ends with what it is given.
    /// - Throws: what `ask` throws, of the query without the column where both fail.
    func askingWhatIsRevoked<Value, Failure: Error>(
        _ ask: (SOQL) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        guard !traits.lacksRevocation else { return try await ask("") }
        do throws(Failure) {
            return try await ask(", IsRevoked")
        } catch {
            guard (error as? ConnectorError)?.vendorCode == SalesforceRefusal.unknownField else { throw error }
        }
        let answer = try await ask("")
        traits.noteWithoutRevocation()
        return answer
    }
}
