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

    /// Throws `email_not_allowed`, in words that do not tell a signer who the superusers are.
    package func check(_ email: EmailAddress) throws(AccessDenial) {
        guard isAllowed(email) else {
            throw AccessDenial(
                .emailNotAllowed, "this address may not sign in here",
                hint: "the operator of the bridge decides with superusers and allowed_usernames")
        }
    }

    /// An expression that cannot be matched to its end may mean this address: nobody enters by an error.
    private func isAllowed(_ email: EmailAddress) -> Bool {
        do {
            if try superusers.contains(where: { try $0.matches(email) }) { return superusersMaySignIn }
            return try allowed.isEmpty || allowed.contains { try $0.matches(email) }
        } catch {
            return false
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
        self.init(regex.ignoresCase(), source: source)
    }

    init(_ regex: Regex<AnyRegexOutput>, source: String) {
        self.regex = regex
        self.source = source
    }

    /// Whether the whole address matches, its domain in ASCII or in letters: who wrote the expression knew one of them.
    /// An error of the matching is neither yes nor no.
    package func matches(_ email: EmailAddress) throws -> Bool {
        if try regex.wholeMatch(in: email.value) != nil { return true }
        let letters = email.inLetters
        return try letters != email.value && regex.wholeMatch(in: letters) != nil
    }
}
