import AuthService
import BridgeCore
import Testing

@Suite("The account that a sync has suspended")
struct SuspendedAccountTests {
    private static let ben = Identity(connection: "dynamics:default", organization: "t", subject: "o1")

    private func account(_ status: Account.Status = .suspended) throws -> Account {
        var account = try Account.test("acc_1", "ben@example.com", proof: .dataverseApproved)
        account.status = status
        return account
    }

    private func standing(
        _ account: Account, isLinked: Bool = true, isSuspended: Bool = true, granted: Role? = .agent
    ) -> Standing {
        Standing(
            linked: isLinked
                ? .init(
                    account: account, identityEmail: account.email, grantedRole: granted, isSuspended: isSuspended)
                : nil,
            holder: .init(account: account, hasRival: false), hasOtherAdministrator: true)
    }

    @Test("is active again with the next login through the CRM, which opens the way in again, too")
    func comesBack() throws {
        let attempt = try LoginAttempt.test(Self.ben, "ben@example.com", proof: .dataverseApproved)
        let settled = try attempt.settle(standing(account())).outcome.get()
        #expect(settled.account.status == .active)
        #expect(settled.identity == Self.ben)
        #expect(settled.isChanged)
    }

    @Test("is no last administrator: who comes back is what the login gives")
    func noAdministrator() throws {
        var former = try account()
        former.role = .administrator
        var standing = standing(former)
        standing.hasOtherAdministrator = false
        let attempt = try LoginAttempt.test(Self.ben, "ben@example.com", proof: .dataverseApproved)
        let settled = try attempt.settle(standing).outcome.get()
        #expect(settled.account.role == .agent && settled.shown.role == .agent && !settled.keepsLastAdministrator)
    }

    @Test("refuses what the tenant's own signer vouches for, and what the bridge signed before")
    func refuses() throws {
        for identity in [nil, Identity.account("acc_1", of: .test)] {
            let attempt = try LoginAttempt.test(identity, "ben@example.com", proof: .tenantSigned)
            for status in [Account.Status.suspended, .disabled] {
                let standing = standing(try account(status), isLinked: identity != nil)
                #expect(throws: AccessDenial(.accountDisabled, "")) { try attempt.settle(standing).outcome.get() }
            }
        }
    }

    @Test("is not made again by a login once somebody has disabled it by name")
    func disabled() throws {
        let attempt = try LoginAttempt.test(Self.ben, "ben@example.com", proof: .dataverseApproved)
        let standing = standing(try account(.disabled))
        #expect(throws: AccessDenial(.accountDisabled, "")) { try attempt.settle(standing).outcome.get() }
    }

    @Test("has its way in written again where that was suspended, or gave another role, and not otherwise")
    func identity() throws {
        for (isSuspended, granted, isWritten) in [
            (true, Role.agent, true), (false, .administrator, true), (false, .agent, false), (false, nil, false),
        ] as [(Bool, Role?, Bool)] {
            let attempt = try LoginAttempt.test(Self.ben, "ben@example.com", proof: .dataverseApproved)
            let standing = standing(try account(.active), isSuspended: isSuspended, granted: granted)
            #expect(try attempt.settle(standing).outcome.get().identity == (isWritten ? Self.ben : nil))
        }
    }

    @Test("can be enabled and disabled by name, and by nobody be suspended")
    func byName() throws {
        let stamp = AuditStamp(.bridge, at: now)
        let enabled = try AccountChange(account(), AccountPatch(status: .active), stamp)
        #expect(enabled.after.status == .active && enabled.endsSuspension)
        let disabled = try AccountChange(account(), AccountPatch(status: .disabled), stamp)
        #expect(disabled.after.status == .disabled && !disabled.endsSuspension)
        let lowered = try AccountChange(account(), AccountPatch(role: .agent), stamp)
        #expect(lowered.after.status == .suspended)
        let patch = try JSONValue(parsing: Array(#"{"status":"suspended"}"#.utf8))
        #expect(throws: DocumentError.self) { try AccountPatch(patch) }
    }
}
