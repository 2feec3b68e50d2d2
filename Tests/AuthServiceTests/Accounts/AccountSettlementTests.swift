import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The account of a login")
struct AccountSettlementTests {
    private static let ann = Identity(connection: "salesforce:default", organization: "00D1", subject: "0051")
    private static let bob = Identity(connection: "salesforce:default", organization: "00D1", subject: "0052")
    private static let annInDynamics = Identity(connection: "dynamics:default", organization: "t", subject: "o1")

    /// What a login comes to, with what was there before.
    private func outcome(
        _ identity: Identity?, _ address: String, proof: EmailProof = .salesforceVerified, role: Role = .agent,
        seconds: Int64 = 10, _ standing: Standing
    ) throws -> Result<AccountSettlement, AccessDenial> {
        try LoginAttempt.test(identity, address, proof: proof, role: role, seconds: seconds).settle(standing).outcome
    }

    private func standing(
        linked: Account? = nil, identityEmail: String? = nil, holder: Account? = nil, hasRival: Bool = false,
        administrators: Int = 2
    ) throws -> Standing {
        Standing(
            linked: try linked.map { account in
                Standing.LinkedAccount(
                    account: account, identityEmail: try identityEmail.map { try .test($0) } ?? account.email)
            },
            holder: holder.map { Standing.AddressHolder(account: $0, hasRival: hasRival) },
            hasOtherAdministrator: administrators > 1)
    }

    @Test("is new for an identity and an address that nobody has")
    func isNew() throws {
        let settled = try outcome(Self.ann, "ann@example.com", standing()).get()
        #expect(settled.isNew)
        #expect(settled.identity == Self.ann)
        #expect(settled.account.emailProof == .salesforceVerified)
        #expect(try outcome(nil, "ann@example.com", proof: .tenantSigned, standing()).get().identity == nil)
    }

    @Test("is shared by two identities when both addresses are proven, and otherwise by none")
    func sharing() throws {
        for (own, other, isShared) in [
            (EmailProof.salesforceVerified, EmailProof.dataverseApproved, true),
            (.tenantSigned, .salesforceVerified, true), (.operatorAsserted, .tenantSigned, true),
            (.none, .salesforceVerified, false), (.salesforceVerified, .none, false), (.none, .none, false),
        ] {
            let holder = try Account.test("acc_1", "ann@example.com", proof: other)
            let outcome = try outcome(Self.ann, "ann@example.com", proof: own, standing(holder: holder))
            #expect((try? outcome.get().account.id) == (isShared ? "acc_1" : nil), "\(own) \(other)")
            if case .failure(let denial) = outcome { #expect(denial.code == .accountLinkConflict) }
        }
    }

    @Test("is not shared by two users of one organization, whatever is proven")
    func rivals() throws {
        let holder = try Account.test("acc_1", "ann@example.com", proof: .salesforceVerified)
        let outcome = try outcome(Self.bob, "ann@example.com", standing(holder: holder, hasRival: true))
        #expect(throws: AccessDenial(.accountLinkConflict, "")) { try outcome.get() }
    }

    @Test("goes with the identity to a new address, unless that is another account's")
    func rename() throws {
        let account = try Account.test("acc_1", "ann@example.com", proof: .salesforceVerified)
        let renamed = try outcome(Self.ann, "ann.b@example.com", standing(linked: account)).get()
        #expect(renamed.account.id == "acc_1" && !renamed.isNew)
        #expect(renamed.account.email.value == "ann.b@example.com")
        #expect(renamed.identity == Self.ann)
        let other = try Account.test("acc_2", "ann.b@example.com", proof: .salesforceVerified)
        let taken = try outcome(Self.ann, "ann.b@example.com", standing(linked: account, holder: other))
        #expect(throws: AccessDenial(.accountLinkConflict, "")) { try taken.get() }
    }

    @Test("keeps the address that another identity of it brought last")
    func secondIdentity() throws {
        let account = try Account.test("acc_1", "ann.b@example.com", proof: .salesforceVerified)
        let settled = try outcome(
            Self.annInDynamics, "ann@example.com", proof: .dataverseApproved,
            standing(linked: account, identityEmail: "ann@example.com")
        ).get()
        #expect(settled.account.email.value == "ann.b@example.com")
        #expect(settled.identity == nil)
    }

    @Test("takes over a proof of its own address")
    func proof() throws {
        let account = try Account.test("acc_1", "ann@example.com", proof: .none)
        let settled = try outcome(Self.ann, "ann@example.com", standing(linked: account, holder: account)).get()
        #expect(settled.account.emailProof == .salesforceVerified)
        let unproven = try outcome(
            Self.ann, "ann@example.com", proof: .none,
            standing(linked: try .test("acc_1", "ann@example.com", proof: .salesforceVerified))
        ).get()
        #expect(unproven.account.emailProof == .salesforceVerified)
    }

    @Test("is refused when disabled, and not made again")
    func disabled() throws {
        var account = try Account.test("acc_1", "ann@example.com", proof: .tenantSigned)
        account.status = .disabled
        for standing in [try standing(linked: account, holder: account), try standing(holder: account)] {
            let outcome = try outcome(Self.ann, "ann@example.com", standing)
            #expect(throws: AccessDenial(.accountDisabled, "")) { try outcome.get() }
        }
    }

    @Test("stays an administrator's when it is the tenant's last, with a warning")
    func lastAdministrator() throws {
        var account = try Account.test("acc_1", "ann@example.com", proof: .tenantSigned)
        account.role = .administrator
        for (count, role) in [(1, Role.administrator), (2, .agent)] {
            let attempt = try LoginAttempt.test(nil, "ann@example.com", proof: .tenantSigned, role: .agent, seconds: 10)
            let settled = attempt.settle(try standing(holder: account, administrators: count))
            #expect(try settled.outcome.get().account.role == role)
            #expect(try settled.outcome.get().keepsLastAdministrator == (count == 1))
            #expect(settled.decision.checks.contains { $0.name == .lastAdministrator } == (count == 1))
        }
    }

    @Test("is not set back by a login that was overtaken, which is let in as no more than it gives itself")
    func overtaken() throws {
        var account = try Account.test("acc_1", "ann@example.com", proof: .tenantSigned)
        (account.displayName, account.role) = ("Later", .administrator)
        for role in Role.allCases {
            let settled = try outcome(
                nil, "ann@example.com", proof: .tenantSigned, role: role, seconds: -5, standing(holder: account))
            var expected = account
            expected.role = role
            #expect(try settled.get().account == expected)
            #expect(try settled.get().isChanged == (role == .agent))
        }
    }

    @Test("is kept from a user who was made again, with the way out in the hint")
    func conflictHint() throws {
        let holder = try Account.test("acc_1", "ann@example.com", proof: .salesforceVerified)
        let outcome = try outcome(Self.bob, "ann@example.com", standing(holder: holder, hasRival: true))
        let error = #expect(throws: AccessDenial.self) { try outcome.get() }
        #expect(
            error?.hint?.hasSuffix(
                "cobrowse-sso account disable ann@example.com --license \(License.test) --release-address") == true)
    }

    @Test("gets an address back that was given free, once it is enabled, unless somebody else has it")
    func released() throws {
        let account = try Account.test("acc_1", "ann@example.com", proof: .salesforceVerified)
        var free = try AccountChange(
            account, AccountPatch(status: .disabled, releasesAddress: true), AuditStamp(.bridge, at: now)
        ).after
        #expect(free.email.value == "acc_1@released.invalid" && free.emailProof == .none)
        let disabled = try outcome(
            Self.ann, "ann@example.com", standing(linked: free, identityEmail: "ann@example.com"))
        #expect(throws: AccessDenial(.accountDisabled, "")) { try disabled.get() }
        free.status = .active
        let back = try outcome(Self.ann, "ann@example.com", standing(linked: free, identityEmail: "ann@example.com"))
        #expect(try back.get().account.email.value == "ann@example.com")
        #expect(try back.get().account.emailProof == .salesforceVerified)
        let other = try Account.test("acc_2", "ann@example.com", proof: .salesforceVerified)
        let taken = try outcome(
            Self.ann, "ann@example.com", standing(linked: free, identityEmail: "ann@example.com", holder: other))
        #expect(throws: AccessDenial(.accountLinkConflict, "")) { try taken.get() }
    }

    @Test("keeps its address while it is active")
    func activeKeepsAddress() throws {
        let account = try Account.test("acc_1", "ann@example.com", proof: .salesforceVerified)
        for status in [nil, Account.Status.active] {
            #expect(throws: StoreError(.conflict, "")) {
                try AccountChange(
                    account, AccountPatch(status: status, releasesAddress: true), AuditStamp(.bridge, at: now))
            }
        }
    }
}
