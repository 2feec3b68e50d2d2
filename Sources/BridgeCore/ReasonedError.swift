/// An error that says what was wrong, under which code, and what to do about it.
///
/// Every module has one error type of its own and conforms it to this protocol, so that the command line, HTTP and
/// the log render all of them alike. Neither text ever holds a secret, a token or a private key.
public protocol ReasonedError: Error, Sendable, CustomStringConvertible {
    /// The code to switch on.
    var code: ReasonCode { get }
    /// What was wrong and where, one clause in lower case without a full stop.
    var detail: String { get }
    /// What to do and who can do it, in the same form; `nil` where `detail` already says it.
    var hint: String? { get }
    /// The detail without the words of another system, for people who do not administer that; the same where it has none.
    var ownDetail: String { get }
}

extension ReasonedError {
    public var ownDetail: String { detail }
    public var description: String { "\(code.rawValue): \(detail)" }
}
