import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

/// A Salesforce user who was deleted and made again: another user id, the same address.
@Suite("A store where an address is given free")
struct AddressReleaseConformance {
    /// A login of a user of one organization, its address verified.
    private static func settle(
        _ user: String, _ number: Int, in store: any Store
    ) async throws -> Result<AccountSettlement, AccessDenial> {
        let email = try EmailAddress.example("ann@example.com")
        let time = Timestamp(seconds: 1_000 + Int64(number))
        let facts = LoginFacts(email: email.value, displayName: nil, claimedRole: .absent, origin: .signer)
        return try await store.settle(
            LoginAttempt(
                license: try .example(),
                grant: Grant(
                    identity: Identity(connection: "salesforce:default", organization: "00D1", subject: user),
                    email: email, proof: .salesforceVerified, displayName: nil, role: .agent, rule: nil,
                    validUntil: nil),
                time: time, newAccountID: "acc_\(number)",
                draft: DecisionDraft(
                    id: try RecordID.make("dec_", at: time), source: .token, requestID: nil, facts: facts,
                    trace: FullTrace()))
        ).outcome
    }

    private static func refusal(_ outcome: Result<AccountSettlement, AccessDenial>) -> ReasonCode? {
        if case .failure(let denial) = outcome { denial.code } else { nil }
    }

    @Test("lets the new user in with an account of their own, and the old one not", arguments: StoreUnderTest.allCases)
    func madeAgain(kind: StoreUnderTest) async throws {
        try await kind.withPlace { place in
            let store = try await place.open()
            let license = try License.example()
            try await store.insert(try .example())
            #expect(try await Self.settle("old", 1, in: store).get().account.id == "acc_1")
            #expect(Self.refusal(try await Self.settle("new", 2, in: store)) == .accountLinkConflict)
            // To disable the account alone keeps the person out, whatever user they come as.
            _ = try await store.change(
                "acc_1", of: license, AccountPatch(status: .disabled), allowsLastAdministrator: false, audit: .at(2_000)
            )
            #expect(Self.refusal(try await Self.settle("new", 3, in: store)) == .accountLinkConflict)

            let patch = AccountPatch(status: .disabled, releasesAddress: true)
            let change = try await store.change(
                "acc_1", of: license, patch, allowsLastAdministrator: false, audit: .at(3_000))
            #expect(change.after.email.value == "acc_1@released.invalid")
            #expect(try await store.account(id: "acc_1", of: license) == change.after)
            #expect(try await store.account(.example("ann@example.com"), of: license) == nil)
            // Tokens from before do not make the account anew.
            let revocations = try await store.revocations(of: license, after: nil, limit: 9)
            #expect(
                revocations.contains(Revocation(.email, "ann@example.com", issuedBefore: Timestamp(seconds: 3_000))))
            let entry = try await store.auditRecords(after: 0, limit: 99).last { $0.line.contains("account.release") }
            #expect(entry?.line.contains("ann@example.com") == true)

            #expect(try await Self.settle("new", 4, in: store).get().account.id == "acc_4")
            #expect(Self.refusal(try await Self.settle("old", 5, in: store)) == .accountDisabled)
            _ = try await store.change(
                "acc_1", of: license, AccountPatch(status: .active), allowsLastAdministrator: false, audit: .at(4_000))
            #expect(Self.refusal(try await Self.settle("old", 6, in: store)) == .accountLinkConflict)
            #expect(try await Self.settle("new", 7, in: store).get().account.id == "acc_4")
            await store.close()
            let again = try await place.open()
            #expect(try await again.account(.example("ann@example.com"), of: license)?.id == "acc_4")
            await again.close()
        }
    }

    @Test("changes nothing for an account that stays active, and nothing twice", arguments: StoreUnderTest.allCases)
    func refused(kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let license = try License.example()
            try await store.insert(try .example())
            let account = try await Self.settle("old", 1, in: store).get().account
            let code = await code {
                _ = try await store.change(
                    "acc_1", of: license, AccountPatch(releasesAddress: true), allowsLastAdministrator: false,
                    audit: .at(1))
            }
            #expect(code == .conflict)
            #expect(try await store.account(id: "acc_1", of: license) == account)
            let patch = AccountPatch(status: .disabled, releasesAddress: true)
            for isChange in [true, false] {
                let change = try await store.change(
                    "acc_1", of: license, patch, allowsLastAdministrator: false, audit: .at(1))
                #expect(change.changesAnything == isChange)
            }
        }
    }
}
