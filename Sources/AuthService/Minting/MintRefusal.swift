package import BridgeCore

/// Why the bridge signs no token.
package struct MintRefusal: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let hint: String?

    package init(_ code: ReasonCode, _ detail: String, hint: String? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    /// Takes over what a store, a rule or the cryptography said.
    init(_ error: any ReasonedError) {
        self.init(error.code, error.detail, hint: error.hint)
    }

    /// Equal when the code is: texts are for people.
    package static func == (left: MintRefusal, right: MintRefusal) -> Bool { left.code == right.code }
}
