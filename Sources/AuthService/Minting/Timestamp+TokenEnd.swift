internal import BridgeCore

extension Timestamp {
    /// When a token ends that is issued now: after so many seconds, or with what it was decided by, in whole seconds as
    /// `exp` is written.
    func tokenEnd(after seconds: Int64, notAfter end: Timestamp?) -> Timestamp {
        let usual = adding(seconds: seconds)
        return end.map { min(usual, Timestamp(seconds: $0.seconds)) } ?? usual
    }
}
