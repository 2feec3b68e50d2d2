/// The stage that ends a test.
struct StageFailure: Error {
    let name: ConnectionStage.Name
    let error: ConnectorError

    /// What `body` gives; its error is that of the stage.
    static func of<Value>(
        _ name: ConnectionStage.Name, _ body: () async throws(ConnectorError) -> Value
    ) async throws(StageFailure) -> Value {
        do throws(ConnectorError) {
            return try await body()
        } catch {
            throw StageFailure(name: name, error: error)
        }
    }
}
