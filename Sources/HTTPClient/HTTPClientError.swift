package import BridgeCore

/// Why there can be no client: the library is missing or another one than needed, or a setting is wrong.
package struct HTTPClientError: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let hint: String?

    init(_ code: ReasonCode, _ detail: String, hint: String? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    /// Equal when the code is: texts are for people.
    package static func == (left: HTTPClientError, right: HTTPClientError) -> Bool { left.code == right.code }
}
