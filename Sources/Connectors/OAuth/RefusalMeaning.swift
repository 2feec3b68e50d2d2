internal import BridgeCore

/// What one refusal of an authorization server means, as a vendor's catalogue has it.
struct RefusalMeaning: Sendable {
    let code: ReasonCode
    /// What was wrong, in lower case without a full stop.
    let sentence: String
    let fix: String
    /// `nil` where waiting mends it.
    let fixedBy: FixedBy?

    init(_ code: ReasonCode, _ sentence: String, fix: String, by fixedBy: FixedBy?) {
        self.code = code
        self.sentence = sentence
        self.fix = fix
        self.fixedBy = fixedBy
    }
}
