internal import BridgeCore

/// Which e-mail addresses may sign in through a tenant at all (the instance's `superusers`, `allowed_usernames`).
///
/// An expression has to match the whole address, without regard to case. Superusers see every account of the
/// instance, so a tenant's signer must not be able to become one by writing the address into a token.
package struct AddressRules: Sendable {
    private let superusers: [AddressPattern]
    private let allowed: [AddressPattern]
    private let superusersMaySignIn: Bool

    /// Nobody is a superuser and everybody is allowed.
    package static let none = AddressRules(superusers: [], allowed: [], superusersMaySignIn: false)

    /// - Parameter allowed: empty for everybody.
    package init(superusers: [AddressPattern], allowed: [AddressPattern], superusersMaySignIn: Bool) {
        self.superusers = superusers
        self.allowed = allowed
        self.superusersMaySignIn = superusersMaySignIn
    }

    /// Throws `email_not_allowed` with the reason.
    package func check(_ email: EmailAddress) throws(AccessDenial) {
        if superusers.contains(where: { $0.matches(email) }) {
            guard !superusersMaySignIn else { return }
            throw AccessDenial(
                .emailNotAllowed, "\(email) is a superuser's address, which no tenant may sign in",
                hint: "the operator of the bridge can set superusers_may_sign_in=true")
        }
        guard allowed.isEmpty || allowed.contains(where: { $0.matches(email) }) else {
            throw AccessDenial(
                .emailNotAllowed, "\(email) matches none of allowed_usernames",
                hint: "the operator of the bridge can add the address or its domain there")
        }
    }
}

/// One regular expression over a whole e-mail address.
package struct AddressPattern: @unchecked Sendable {  // a Regex never changes, and matching works on its own state
    private let regex: Regex<AnyRegexOutput>
    /// The expression as it was written.
    package let source: String

    /// Reads an expression of the syntax of Swift's `Regex` (that of PCRE and JavaScript for what addresses need);
    /// `nil` for one that is not well-formed.
    package init?(_ source: String) {
        guard let regex = try? Regex(source) else { return nil }
        self.regex = regex.ignoresCase()
        self.source = source
    }

    /// Whether the whole address matches.
    package func matches(_ email: EmailAddress) -> Bool {
        ((try? regex.wholeMatch(in: email.value)) ?? nil) != nil
    }
}
