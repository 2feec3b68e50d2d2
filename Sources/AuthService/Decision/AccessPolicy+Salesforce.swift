internal import BridgeCore

extension AccessPolicy {
    /// Whether the user is active, not frozen, and a person.
    func checkStanding(_ facts: SalesforceFacts, _ trace: inout some DecisionTrace) throws(AccessDenial) {
        guard facts.isActive != false else {
            throw trace.refused(
                .active,
                AccessDenial(
                    .userInactive, "the user is not active in Salesforce",
                    hint: "a Salesforce administrator can activate it"))
        }
        // A signer need not say it; an org that was asked, and does not, has not said yes.
        guard facts.isActive != nil || facts.connection == nil else {
            throw trace.refused(.active, .unsaid(.userInactive, "whether the user is active", "active"))
        }
        guard facts.isFrozen != true else {
            throw trace.refused(
                .active,
                AccessDenial(
                    .userInactive, "the user is frozen in Salesforce",
                    hint: "a Salesforce administrator can unfreeze it: Setup > Users > the user > Unfreeze"))
        }
        trace.note(.active, .passed, facts.standingWords)
        if let type = facts.userType, type != "Standard" {
            throw trace.refused(
                .person,
                AccessDenial(
                    .notAPerson, "the Salesforce user is of a type that is not an agent: \(quoted(type))",
                    hint: "sign in as a user of the org with a standard license"))
        }
        guard facts.userType != nil || facts.connection == nil else {
            throw trace.refused(.person, .unsaid(.notAPerson, "what type the user has", "user_type"))
        }
        trace.note(.person, .passed, facts.userType ?? "type not said")
    }
}

extension SalesforceFacts {
    fileprivate var standingWords: String {
        let words = isActive == nil ? "not said" : "active in Salesforce"
        guard connection != nil else { return words }
        return isFrozen == nil ? "\(words); whether it is frozen is not known" : "\(words), and not frozen"
    }

    /// Whether Salesforce has verified `email`.
    ///
    /// The address that a sandbox has after a refresh leads nowhere, whatever is said of it; a signer who gives it to
    /// somebody is taken at its word, as with every address.
    func isVerified(_ email: String) -> Bool { emailVerified == true && !isInvalidated(email) }

    /// Whether a refresh of the sandbox has made `email` one that no message reaches (`ann@example.com.invalid`).
    package func isInvalidated(_ email: String) -> Bool {
        connection != nil && email.lowercased().hasSuffix(".invalid")
    }

    /// Why the role cannot be decided, where it is for a right that whoever asked lacks; `nil` where it is for anything
    /// else.
    ///
    /// - Parameter fact: what a rule asks for, and nobody knows.
    func unreadable(_ fact: String) -> AccessDenial? {
        let missing: Unreadable = fact == "salesforce.customPermissions" ? .customPermissions : .permissionSets
        guard unreadable.contains(missing) else { return nil }
        return AccessDenial(
            .rolesUnavailable,
            "\(fact) could not be read, so the role cannot be decided: whoever asked the org lacks the permission "
                + "\"\(missing.right)\"",
            hint: "a Salesforce administrator gives the integration user of the connection a permission set with "
                + "\"\(missing.right)\"")
    }
}

extension SalesforceFacts {
    /// Why it cannot be told whether a rule matches by name; `nil` where all custom permissions have one.
    ///
    /// One whose row the org does not show is called by its id.
    var nameless: AccessDenial? {
        let ids = (customPermissions ?? []).filter { $0.name == $0.id?.value }.map(\.name)
        guard !ids.isEmpty else { return nil }
        let more = ids.count > 3 ? " and \(ids.count - 3) more" : ""
        return AccessDenial(
            .rolesUnavailable,
            "the org does not show what a custom permission is called that the user has "
                + "(\(ids.prefix(3).joined(separator: ", "))\(more)), so the role cannot be decided",
            hint: "let the integration user see custom permissions (View Setup and Configuration), or let the rules "
                + "name a permission set in their place; by its id only after a look in Setup at what it is and who "
                + "has it")
    }
}

extension AccessDenial {
    /// Why somebody whose address Salesforce does not vouch for may not enter; each cause has its own way out.
    static func unverified(_ facts: SalesforceFacts, _ email: String) -> AccessDenial {
        if facts.isInvalidated(email) {
            return AccessDenial(
                .emailUnverified,
                "the user's e-mail address ends in .invalid: a refresh of the sandbox has made it one that no message "
                    + "reaches",
                hint: "a Salesforce administrator of the sandbox takes .invalid off the address (Setup > Users > the "
                    + "user); then the user clicks the link in Salesforce's verification message")
        }
        if facts.emailVerified == false {
            return AccessDenial(
                .emailUnverified, "Salesforce has not verified the user's e-mail address",
                hint:
                    "the user clicks the link in Salesforce's verification message; an administrator can send it again")
        }
        let right = SalesforceFacts.Unreadable.emailVerified.right
        if facts.unreadable.contains(.emailVerified) {
            return AccessDenial(
                .emailUnverified,
                "whether Salesforce has verified the user's e-mail address could not be read: whoever asked the org "
                    + "lacks the permission \"\(right)\"",
                hint: "a Salesforce administrator gives the integration user of the connection a permission set with "
                    + "\"\(right)\"")
        }
        return AccessDenial(
            .emailUnverified, "Salesforce does not say whether the user's e-mail address is verified",
            hint: "a Salesforce administrator opens and saves the user once (Setup > Users > the user > Edit), and the "
                + "user clicks the link in Salesforce's message; in a sign-in it also takes the app's scope openid, "
                + "which email_verified comes with")
    }

    /// What Salesforce was asked and has not said.
    ///
    /// - Parameter member: what UserInfo calls it.
    fileprivate static func unsaid(_ code: ReasonCode, _ what: String, _ member: String) -> AccessDenial {
        AccessDenial(
            code, "Salesforce does not say \(what)",
            hint: "sign in again; if it lasts, a Salesforce administrator looks what keeps the app from reading who "
                + "signs in: it needs the scopes openid and id, and UserInfo has \(member) then")
    }

    /// The user has no address to be known by; what Salesforce has instead.
    static func noSalesforceAddress(_ text: String) -> AccessDenial {
        AccessDenial(
            .emailMissing,
            text.isEmpty
                ? "the user has no e-mail address in Salesforce"
                : "the user's e-mail address in Salesforce is none: \(quoted(text))",
            hint:
                "a Salesforce administrator enters it: Setup > Users > the user > Email, and the user verifies it then")
    }
}
