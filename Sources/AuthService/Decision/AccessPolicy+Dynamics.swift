internal import BridgeCore

extension AccessPolicy {
    /// Lets somebody pass whose address nobody has decided about, where the connection says that nobody ever does, and
    /// refuses everyone else; the address stays unproven.
    func checkUnapproved(_ facts: DynamicsFacts, _ trace: inout some DecisionTrace) throws(AccessDenial) {
        let status = facts.emailStatus ?? .pending
        guard facts.mailboxApproval == .notUsed, status.isUndecided else {
            throw trace.refused(.emailProof, .unapproved(status))
        }
        trace.note(
            .emailProof, .warning,
            "not approved (Primary Email Status: \(status.label)); let in because the connection's mailboxApproval "
                + "is not-used: the organization does not approve mailboxes")
    }

    /// Whether the user is enabled and a person.
    func checkStanding(_ facts: DynamicsFacts, _ trace: inout some DecisionTrace) throws(AccessDenial) {
        guard facts.isEnabled != false else {
            throw trace.refused(
                .active,
                AccessDenial(
                    .userInactive, "the user is disabled in the environment",
                    hint: "an administrator of the environment can enable it: Power Platform admin center > the "
                        + "environment > Settings > Users; a user without a license is disabled, too"))
        }
        trace.note(.active, .passed, facts.isEnabled == nil ? "not said" : "enabled in the environment")
        if let what = facts.notAPerson {
            throw trace.refused(
                .person,
                AccessDenial(
                    .notAPerson, "the user of the environment is no person: \(what)",
                    hint: "sign in as a person; if it is one, an administrator of the environment sets the user's "
                        + "access mode to Read-Write"))
        }
        let isSaid = facts.accessMode != nil || facts.isPerson != nil
        trace.note(.person, .passed, isSaid ? "a person" : "not said")
    }
}

extension DynamicsFacts {
    /// What it is instead of a person; `nil` for a person, and where nothing is known.
    fileprivate var notAPerson: String? {
        if applicationID != nil { return "it is an application user" }
        if let accessMode, !accessMode.isPersons { return "its access mode is \(accessMode.label)" }
        return isPerson == false && accessMode == nil ? "that is how it was described" : nil
    }
}

extension AccessDenial {
    /// The row of the user holds no address to be known by; what it holds instead.
    static func noAddress(_ text: String) -> AccessDenial {
        AccessDenial(
            .emailMissing,
            text.isEmpty
                ? "the user has no e-mail address in the environment"
                : "the user's e-mail address in the environment is none: \(quoted(text))",
            hint: "an administrator of the environment enters it: Power Platform admin center > the environment > "
                + "Settings > Users > the user > Primary Email, and approves it then")
    }
}
