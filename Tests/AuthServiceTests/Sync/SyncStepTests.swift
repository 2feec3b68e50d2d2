import AuthService
import BridgeCore
import Testing

/// A row of the table: what the store holds, what a login would end in, and what is done.
struct SyncStepRow: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let status: Account.Status
    let role: Role
    let granted: Role?
    let suspendedFor: ReasonCode?
    let otherRole: Role?
    let outcome: RuleOutcome
    let step: SyncStep?

    init(
        _ name: String, _ status: Account.Status = .active, _ role: Role = .agent, granted: Role? = nil,
        suspendedFor: ReasonCode? = nil, other otherRole: Role? = nil, ends outcome: RuleOutcome, step: SyncStep?
    ) {
        testDescription = name
        self.status = status
        self.role = role
        self.granted = granted
        self.suspendedFor = suspendedFor
        self.otherRole = otherRole
        self.outcome = outcome
        self.step = step
    }

    static let all = [
        SyncStepRow("an agent who still is one", ends: .role(.agent), step: nil),
        SyncStepRow("a disabled user", ends: .denial(.userInactive), step: .suspend(.userInactive)),
        SyncStepRow("no role", ends: .denial(.roleMissing), step: .suspend(.roleMissing)),
        SyncStepRow("an unapproved address", ends: .denial(.emailUnverified), step: .suspend(.emailUnverified)),
        SyncStepRow("no person any more", ends: .denial(.userUnknown), step: .suspend(.userUnknown)),
        SyncStepRow(
            "an address that the operator refuses", ends: .denial(.emailNotAllowed), step: .suspend(.emailNotAllowed)),
        SyncStepRow("roles that are not known", ends: .denial(.rolesUnavailable), step: nil),
        SyncStepRow("an environment that is not there", ends: .denial(.upstreamUnavailable), step: nil),
        SyncStepRow("a connection that is not in order", ends: .denial(.credentialsRejected), step: nil),
        SyncStepRow("disabled by name, refused", .disabled, ends: .denial(.userInactive), step: nil),
        SyncStepRow(
            "disabled by name, in order again", .disabled, suspendedFor: .userInactive, ends: .role(.agent), step: nil),
        SyncStepRow(
            "suspended already", .suspended, suspendedFor: .userInactive, ends: .denial(.roleMissing), step: nil),
        SyncStepRow(
            "suspended, in order again", .suspended, suspendedFor: .userInactive, ends: .role(.agent),
            step: .restore(.agent)),
        SyncStepRow(
            "one of several ways suspended, in order again", suspendedFor: .roleMissing, other: .agent,
            ends: .role(.administrator), step: .restore(.administrator)),
        SyncStepRow(
            "an administrator who is an agent now", .active, .administrator, ends: .role(.agent), step: .lower(.agent)),
        SyncStepRow(
            "an administrator by this way", .active, .administrator, granted: .administrator, ends: .role(.agent),
            step: .lower(.agent)),
        SyncStepRow(
            "an administrator by the tenant's signer, an agent by this way", .active, .administrator, granted: .agent,
            ends: .role(.agent), step: nil),
        SyncStepRow(
            "an administrator by another way, too", .active, .administrator, granted: .administrator,
            other: .administrator, ends: .role(.agent), step: .lower(.agent)),
        SyncStepRow(
            "an administrator by this way alone", .active, .administrator, granted: .administrator, other: .agent,
            ends: .role(.agent), step: .lower(.agent)),
        SyncStepRow(
            "an administrator by another way alone", .active, .administrator, granted: .agent, other: .administrator,
            ends: .role(.agent), step: nil),
        SyncStepRow("an agent who is an administrator now", ends: .role(.administrator), step: nil),
        SyncStepRow("one way of several", other: .agent, ends: .denial(.roleMissing), step: .suspend(.roleMissing)),
    ]
}

@Suite("What a sync does about a person")
struct SyncStepTests {
    @Test("follows from the account and from what a login would end in", arguments: SyncStepRow.all)
    func step(row: SyncStepRow) throws {
        #expect(try SyncedPerson.test(row).step(by: row.outcome) == row.step)
    }

    private static let stamp = AuditStamp(.bridge, at: now)

    private func change(
        _ outcome: RuleOutcome, of person: SyncedPerson, since: Timestamp = now.adding(seconds: -30)
    ) -> SyncChange {
        SyncChange(
            outcome: outcome,
            decision: Decision(
                id: "dec_1", license: .test, time: now, source: .sync, requestID: nil, facts: nil, email: nil,
                outcome: .denied(code: .roleMissing, detail: "", hint: nil), checks: []), since: since, seen: person,
            readAt: now)
    }

    private func effect(_ result: SyncResult) throws -> SyncEffect {
        guard case .done(let effect) = result else { throw StoreError(.internal, "\(result)") }
        return effect
    }

    @Test("suspends the account with its last way in, and revokes what was issued")
    func suspends() throws {
        for (other, status, action) in [
            (nil, Account.Status.suspended, "account.suspend"), (Role.agent, .active, "identity.suspend"),
        ] {
            let person = try SyncedPerson.test(
                SyncStepRow("", other: other, ends: .role(.agent), step: nil))
            let effect = try effect(
                change(.denial(.roleMissing), of: person).result(for: person, hasOtherAdministrator: true, Self.stamp))
            #expect(effect.after.status == status)
            #expect(effect.closesAccount == (other == nil))
            #expect(effect.entry.action == action)
            #expect(effect.entry.code == .roleMissing && effect.entry.decisionID == "dec_1")
            #expect(effect.revocation == Revocation(.account, person.account.id, issuedBefore: now))
        }
    }

    @Test("leaves the account what another way in gives, and takes back what was issued for what it loses")
    func otherWays() throws {
        for (other, outcome, role, action) in [
            (Role.administrator, RuleOutcome.role(.agent), Role.administrator, "identity.change"),
            (.agent, .role(.agent), .agent, "account.change"),
            (.administrator, .denial(.roleMissing), .administrator, "identity.suspend"),
            (.agent, .denial(.roleMissing), .agent, "account.change"),
        ] {
            let person = try SyncedPerson.test(
                SyncStepRow(
                    "", .active, .administrator, granted: .administrator, other: other, ends: outcome, step: nil))
            let effect = try effect(
                change(outcome, of: person).result(for: person, hasOtherAdministrator: true, Self.stamp))
            #expect(effect.after.role == role && effect.after.status == .active)
            #expect(effect.entry.action == action)
            #expect((effect.revocation != nil) == effect.takes && effect.takes == (action != "identity.change"))
        }
    }

    @Test("never takes the tenant's last administrator", arguments: [RuleOutcome.role(.agent), .denial(.roleMissing)])
    func lastAdministrator(outcome: RuleOutcome) throws {
        let person = try SyncedPerson.test(SyncStepRow("", .active, .administrator, ends: .role(.agent), step: nil))
        let kept = change(outcome, of: person).result(for: person, hasOtherAdministrator: false, Self.stamp)
        guard case .keptLastAdministrator(let account) = kept else {
            Issue.record("\(kept)")
            return
        }
        #expect(account == person.account)
        _ = try effect(change(outcome, of: person).result(for: person, hasOtherAdministrator: true, Self.stamp))
    }

    @Test("gives back no more than there was, and revokes nothing then")
    func restores() throws {
        for (had, gives, has) in [
            (Role.agent, Role.administrator, Role.agent), (.administrator, .agent, .agent),
            (.administrator, .administrator, .administrator),
        ] {
            let row = SyncStepRow("", .suspended, had, suspendedFor: .userInactive, ends: .role(.agent), step: nil)
            let person = try SyncedPerson.test(row)
            let effect = try effect(
                change(.role(gives), of: person).result(for: person, hasOtherAdministrator: false, Self.stamp))
            #expect(effect.after.status == .active)
            #expect(effect.after.role == has)
            #expect(effect.revocation == nil)
        }
    }

    @Test("leaves an account that is open its role when one of its ways in opens again")
    func restoresOneOfSeveral() throws {
        let row = SyncStepRow(
            "", .active, .administrator, suspendedFor: .roleMissing, other: .administrator, ends: .role(.agent),
            step: nil)
        let person = try SyncedPerson.test(row)
        let effect = try effect(
            change(.role(.agent), of: person).result(for: person, hasOtherAdministrator: true, Self.stamp))
        #expect(effect.after.role == .administrator && effect.after.status == .active)
        #expect(effect.entry.action == "identity.restore")
    }

    @Test("measures from what the CRM says, and never from before the person was last let in")
    func delay() throws {
        let person = try SyncedPerson.test(
            SyncStepRow("", ends: .role(.agent), step: nil), lastLoginAt: now.adding(seconds: -40))
        for (since, seconds) in [(-30, 30), (-40, 40), (-86_400, 40), (5, 0)] as [(Int64, Int64)] {
            let change = change(.denial(.userInactive), of: person, since: now.adding(seconds: since))
            let result = change.result(for: person, hasOtherAdministrator: true, Self.stamp)
            #expect(try effect(result).delay == seconds * 1000)
        }
    }

    @Test("leaves whoever has signed in or was changed since then to the next sync")
    func left() throws {
        let row = { (role: Role, granted: Role?, other: Role?) in
            SyncStepRow("", .active, role, granted: granted, other: other, ends: .role(.agent), step: nil)
        }
        let seen = try SyncedPerson.test(row(.agent, .agent, nil))
        let change = change(.denial(.roleMissing), of: seen)
        for (person, hasSignedIn) in [
            (seen, true), (try .test(row(.administrator, .agent, nil)), false),
            (try .test(row(.agent, .administrator, nil)), false), (try .test(row(.agent, .agent, .agent)), false),
        ] {
            let result = change.result(
                for: person, hasSignedIn: hasSignedIn, hasOtherAdministrator: true, Self.stamp)
            guard case .leftToNext = result else {
                Issue.record("\(result)")
                continue
            }
        }
        // A token that was only shown again changes nothing.
        let later = try SyncedPerson.test(row(.agent, .agent, nil), lastLoginAt: now)
        _ = try effect(change.result(for: later, hasOtherAdministrator: true, Self.stamp))
    }

    @Test("does nothing about somebody who is gone")
    func gone() throws {
        let person = try SyncedPerson.test(SyncStepRow("", ends: .role(.agent), step: nil))
        let result = change(.denial(.roleMissing), of: person).result(for: nil, hasOtherAdministrator: true, Self.stamp)
        guard case .nothing = result else {
            Issue.record("\(result)")
            return
        }
    }
}

extension SyncedPerson {
    static func test(_ row: SyncStepRow, lastLoginAt: Timestamp = now.adding(seconds: -3_600)) throws -> SyncedPerson {
        var account = try Account.test("acc_1", "ben@example.com", proof: .dataverseApproved)
        (account.status, account.role, account.lastLoginAt) = (row.status, row.role, lastLoginAt)
        return SyncedPerson(
            subject: "o", account: account, grantedRole: row.granted, suspendedFor: row.suspendedFor,
            otherRole: row.otherRole)
    }
}
