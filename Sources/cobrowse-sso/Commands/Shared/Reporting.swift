internal import BridgeCore

/// Runs `body`; what another module throws ends the command as it was put there.
func reporting<Value, Failure: ReasonedError>(_ body: () throws(Failure) -> Value) throws(CommandFailure) -> Value {
    do throws(Failure) {
        return try body()
    } catch {
        throw CommandFailure(error)
    }
}
