package import BridgeCore

/// Why a person may not enter, though the login itself was genuine.
package struct AccessDenial: ReasonedError, Hashable {
    package let code: ReasonCode
    package let detail: String
    package let ownDetail: String
    package let hint: String?
    /// Who can do something about it, where that is known better than by the code; `nil` where the code tells.
    package let fixedBy: Fixer?

    /// - Parameter ownDetail: the detail without another system's words, where it has some.
    package init(
        _ code: ReasonCode, _ detail: String, ownDetail: String? = nil, hint: String? = nil, fixedBy: Fixer? = nil
    ) {
        self.code = code
        self.detail = detail
        self.ownDetail = ownDetail ?? detail
        self.hint = hint
        self.fixedBy = fixedBy
    }

    /// Equal when the code is: texts are for people.
    package static func == (left: AccessDenial, right: AccessDenial) -> Bool { left.code == right.code }

    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
