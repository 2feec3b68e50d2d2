internal import BridgeCore

extension Log {
    /// The line about a refused login: the cause, never a token, a code or a state.
    ///
    /// - Parameter address: where it came from, for a refusal that counts.
    func writeRefusal(_ error: any ReasonedError, requestID: String, decisionID: String?, address: String?) {
        let level: LogLevel = error.code == .internal ? .error : .info
        guard isEnabled(level) else { return }
        var fields: [(name: String, value: LogValue)] = [
            ("requestId", .text(requestID)), ("code", .text(error.code.rawValue)), ("detail", .text(error.detail)),
        ]
        if let decisionID { fields.append(("decisionId", .text(decisionID))) }
        if let address { fields.append(("address", .text(address))) }
        write(level, "login_refused", fields)
    }
}
