import AuthService
import BridgeCore
import BridgeTesting
import Testing

/// Two people, two systems that know both, addresses that are proven or only claimed, in every order.
@Suite("Two people who claim addresses")
struct TwoPeopleTests {
    /// One login that one of them may try.
    struct Attempt: Hashable, Sendable {
        let person: Int
        let system: Int
        let address: String
        let proof: EmailProof

        var identity: Identity {
            Identity(
                connection: system == 0 ? "salesforce:default" : "dynamics:default", organization: "org",
                subject: "user-\(person)")
        }
    }

    private static let addresses = ["a@example.com", "b@example.com"]

    /// A system proves to a person only the person's own address; anybody may claim any.
    private static let attempts: [Attempt] = (0..<2).flatMap { person in
        (0..<2).flatMap { system in
            [
                Attempt(
                    person: person, system: system, address: addresses[person],
                    proof: system == 0 ? .salesforceVerified : .dataverseApproved),
                Attempt(person: person, system: system, address: addresses[person], proof: .none),
                Attempt(person: person, system: system, address: addresses[1 - person], proof: .none),
            ]
        }
    }

    @Test("never reach each other's account, in any order of four logins")
    func allOrders() async throws {
        var reached = 0
        for first in Self.attempts {
            for second in Self.attempts {
                for third in Self.attempts {
                    for fourth in Self.attempts {
                        reached += try await run([first, second, third, fourth])
                    }
                }
            }
        }
        #expect(reached > 20_000)
    }

    @Test("never reach each other's account in long random orders")
    func longOrders() async throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            _ = try await run((0..<30).map { _ in Self.attempts.randomElement(using: &generator) ?? Self.attempts[0] })
        }
    }

    @Test("never reach each other's account while an administrator disables, enables and gives addresses free")
    func administrator() async throws {
        var generator = SeededGenerator(seed: 11)
        var reached = 0
        for _ in 0..<600 {
            var patches: [Int: AccountPatch] = [:]
            for place in 0..<30 where Bool.random(using: &generator) {
                patches[place] = [
                    AccountPatch(status: .disabled), AccountPatch(status: .active),
                    AccountPatch(status: .disabled, releasesAddress: true),
                ].randomElement(using: &generator)
            }
            reached += try await run(
                (0..<30).map { _ in Self.attempts.randomElement(using: &generator) ?? Self.attempts[0] },
                changing: patches)
        }
        #expect(reached > 3_000)
    }

    /// Runs the logins on an empty store; returns how many reached an account.
    ///
    /// - Parameter patches: what is changed, before the login of that number, about one of the accounts.
    private func run(_ attempts: [Attempt], changing patches: [Int: AccountPatch] = [:]) async throws -> Int {
        let store = InMemoryStore()
        try await store.insert(
            Tenant(license: .test, name: nil, createdAt: now), audit: AuditStamp(.bridge, at: now))
        var owners: [String: Int] = [:]
        var reached = 0
        var generator = SeededGenerator(seed: UInt64(attempts.count))
        for (number, attempt) in attempts.enumerated() {
            if let patch = patches[number], let account = owners.keys.sorted().randomElement(using: &generator) {
                _ = try await store.change(
                    account, of: .test, patch, allowsLastAdministrator: true, audit: AuditStamp(.bridge, at: now))
            }
            let login = try LoginAttempt.test(
                attempt.identity, attempt.address, proof: attempt.proof, seconds: Int64(number),
                newAccountID: "acc_\(number)")
            guard case .success(let settlement) = try await store.settle(login).outcome else { continue }
            reached += 1
            let owner = owners[settlement.account.id, default: attempt.person]
            owners[settlement.account.id] = owner
            if owner != attempt.person { Issue.record("\(attempts) reached another's account") }
        }
        return reached
    }
}
