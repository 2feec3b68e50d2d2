package import BridgeCore

/// Why the service cannot start.
package struct ServiceError: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let hint: String?

    init(_ code: ReasonCode, _ detail: String, hint: String? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    /// Takes over another module's error as it is.
    init(_ error: any ReasonedError) {
        self.init(error.code, error.detail, hint: error.hint)
    }

    /// Equal when the code is: texts are for people.
    package static func == (left: ServiceError, right: ServiceError) -> Bool { left.code == right.code }
}
