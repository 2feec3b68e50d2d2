/// Who changes something, as the audit trail names it.
package struct Actor: Sendable, Hashable {
    /// `cli:root` (the command line and its system user), `token:tok_...` (an API token), `account:acc_...` (an
    /// administrator's agent token), `login` (a login changed what is stored), `bridge` (the service by itself).
    package let name: String
    /// The request that brought the change; `nil` outside HTTP.
    package let requestID: String?

    package init(_ name: String, requestID: String? = nil) {
        self.name = name
        self.requestID = requestID
    }

    /// The service itself, when it tidies up.
    package static let bridge = Actor("bridge")
    /// A login.
    package static func login(requestID: String?) -> Actor { Actor("login", requestID: requestID) }
}
