/// Where sign-ins are kept while the browser is away: for ten minutes, across restarts, for every instance.
package protocol PendingSignIns: Sendable {
    /// Keeps `record` under a name that only the browser's state and cookie lead to.
    ///
    /// - Throws: `internal`.
    func keep(_ record: PendingSignIn, under id: String) async throws(ConnectorError)

    /// Takes the record out. Of any number that ask for it one gets it; `nil` for the others, and where there is none.
    ///
    /// - Throws: `internal`.
    func take(_ id: String) async throws(ConnectorError) -> PendingSignIn?
}
