package import BridgeCore

/// What a store could not do.
package struct StoreError: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let hint: String?

    package init(_ code: ReasonCode, _ detail: String, hint: String? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    /// Equal when the code is: texts are for people.
    package static func == (left: StoreError, right: StoreError) -> Bool { left.code == right.code }
}
