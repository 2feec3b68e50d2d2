/// One step of a decision: what was looked at, how it went, and what was found.
package struct Check: Sendable, Hashable {
    package let name: Name
    package let outcome: Outcome
    /// For people: the fact and what it means, without secrets.
    package let detail: String

    /// What can be looked at, in the order of a decision.
    package enum Name: String, Sendable, Hashable, CaseIterable {
        /// Form, claims, times and signature of the token.
        case token
        /// Whether a finished sign-in may return to where it was asked to.
        case redirect
        /// Whether the browser that comes back is the one that left, once and in time.
        case state
        /// Whether the identity provider let the person in, and its code was redeemed.
        case code
        /// Signature and claims of the ID token: whom the identity provider let in.
        case idToken
        /// What Salesforce has opened a canvas with: who signed it, when, and whether it was used before.
        case signedRequest
        /// Through which connection the CRM is asked, and whether it is in order.
        case connection
        /// Whether the CRM knows the person.
        case user
        /// What could be learnt of the person's roles, and how fresh it is.
        case roles
        /// Whether the address is one.
        case email
        /// Whether the operator lets the address in (`superusers`, `allowed_usernames`).
        case address
        /// Who has proven that the address is the person's.
        case emailProof
        /// Whether the CRM's user is active.
        case active
        /// Whether the CRM's user is a person.
        case person
        /// Which rule gives which role.
        case rules
        /// What the login itself says of the role.
        case claimedRole
        /// Whether the token, its key, its person or its time was revoked.
        case revocation
        /// Which account the identity has.
        case identity
        /// Whether the account is active.
        case account
        /// Whether the tenant would lose its last administrator.
        case lastAdministrator
    }

    /// How a step went.
    package enum Outcome: String, Sendable, Hashable {
        case passed, failed
        /// It passed, and somebody should know.
        case warning
    }

    package init(_ name: Name, _ outcome: Outcome, _ detail: String) {
        self.name = name
        self.outcome = outcome
        self.detail = detail
    }
}

/// Hears of every step of a decision.
package protocol DecisionTrace {
    /// Takes note of a step; `detail` is made only where somebody wants to read it.
    mutating func note(_ name: Check.Name, _ outcome: Check.Outcome, _ detail: @autoclosure () -> String)
}

/// Listens to nothing: for decisions of which only the outcome counts.
package struct NoTrace: DecisionTrace {
    package init() {}
    package mutating func note(_ name: Check.Name, _ outcome: Check.Outcome, _ detail: @autoclosure () -> String) {}
}

/// Keeps every step, in order.
package struct FullTrace: DecisionTrace, Sendable {
    package private(set) var checks: [Check] = []

    package init() {}

    package mutating func note(_ name: Check.Name, _ outcome: Check.Outcome, _ detail: @autoclosure () -> String) {
        checks.append(Check(name, outcome, detail()))
    }

    /// Takes note of a step that was put into words elsewhere.
    mutating func note(_ check: Check) { checks.append(check) }

    /// Makes a warning of the failed step `name`: it does not decide.
    mutating func letPass(_ name: Check.Name) {
        guard let place = checks.lastIndex(where: { $0.name == name && $0.outcome == .failed }) else { return }
        checks[place] = Check(name, .warning, checks[place].detail)
    }
}

extension DecisionTrace {
    /// Takes note of a refusal and returns it, to be thrown.
    package mutating func refused(_ name: Check.Name, _ denial: AccessDenial) -> AccessDenial {
        note(name, .failed, denial.detail)
        return denial
    }
}
