package import BridgeCore

/// Why a stand-in cannot start, or cannot take over what it is told.
package struct SimulatorError: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let hint: String?

    package init(_ code: ReasonCode, _ detail: String, hint: String? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    init(_ error: some ReasonedError) {
        self.init(error.code, error.detail, hint: error.hint)
    }

    /// A document that says something impossible.
    static func invalid(_ detail: String, hint: String? = nil) -> SimulatorError {
        SimulatorError(.configurationInvalid, detail, hint: hint)
    }

    /// Equal when the code is: texts are for people.
    package static func == (left: SimulatorError, right: SimulatorError) -> Bool { left.code == right.code }
}
