import BridgeCore
import Testing

@testable import AuthService

@Suite("Accounts that look alike")
struct LookAlikesTests {
    @Test(
        "are found by what people overlook",
        arguments: [
            // Points, tags, digits, letters that run together.
            ("ann.lee@x.example", "annlee@x.example"), (".a.n.n@x.example", "ann@x.example"),
            ("ann+work@x.example", "ann@x.example"), ("a.nn+1+2@x.example", "ann+3@x.example"),
            ("b0b@x.example", "bob@x.example"), ("a1ice@x.example", "alice@x.example"),
            ("a|@x.example", "a1@x.example"),
            ("arnold@x.example", "amold@x.example"), ("evve@x.example", "ewe@x.example"),
            // Other scripts, accents, letters of their own.
            ("аnn@x.example", "ann@x.example"), ("рауе@x.example", "paye@x.example"),
            ("jοhn@x.example", "john@x.example"),
            ("zoë@x.example", "zoe@x.example"), ("łukasz@x.example", "lukasz@x.example"),
            ("đạt@x.example", "dat@x.example"),
            ("ırem@x.example", "irem@x.example"), ("strauß@x.example", "strauss@x.example"),
            ("σας@x.example", "σασ@x.example"), ("м@x.example", "m@x.example"), ("ŵ@x.example", "w@x.example"),
            // The domain, also behind an A-label.
            ("ann@exаmple.com", "ann@example.com"), ("ann@xn--exmple-4nf.com", "ann@example.com"),
            ("ann@bücher.example", "ann@bucher.example"), ("ann@examp1e.com", "ann@example.com"),
            ("ann@rnicrosoft.example", "ann@microsoft.example"),
        ])
    func alike(one: String, two: String) async throws {
        let accounts = try [Self.account(one), Self.account("other@x.example"), Self.account(two)]
        #expect(await Self.groups(accounts) == [[accounts[0], accounts[2]]])
    }

    @Test(
        "are not those that differ in what people see",
        arguments: [
            ("ann@x.example", "anne@x.example"), ("ann@x.example", "ann@y.example"), ("a_b@x.example", "ab@x.example"),
            ("a-b@x.example", "ab@x.example"), ("agent1@x.example", "agent2@x.example"),
            ("+a@x.example", "+b@x.example"),
            ("ann@x.example", "ann@xexample"), ("иван@x.example", "ivan@x.example"), ("用户@x.example", "用戶@x.example"),
            ("b@x.example", "d@x.example"), ("ann@x+1.example", "ann@x.example"),
        ])
    func different(one: String, two: String) async throws {
        #expect(await Self.groups(try [Self.account(one), Self.account(two)]).isEmpty)
    }

    @Test("come in the order of the pages, whichever page they stand on", arguments: [1, 2, 3, 100])
    func order(size: Int) async throws {
        let names = ["ann", "bob", "zoe", "a.nn", "carl", "b0b", "zoë", "b.o.b", "dora"]
        let accounts = try names.map { try Self.account("\($0)@x.example") }
        let groups = await Self.groups(accounts, size: size).map { $0.map(\.email.value) }
        #expect(
            groups == [
                ["ann@x.example", "a.nn@x.example"], ["bob@x.example", "b0b@x.example", "b.o.b@x.example"],
                ["zoe@x.example", "zoë@x.example"],
            ])
    }

    @Test("are none among none")
    func empty() async {
        #expect(await Self.groups([]).isEmpty)
    }

    @Test("pass on why a page could not be read, the first time and the second", arguments: [0, 1, 2, 3])
    func failure(good: Int) async throws {
        struct Failure: Error {}
        let accounts = try [Self.account("ann@x.example"), Self.account("a.nn@x.example")]
        var calls = 0
        await #expect(throws: Failure.self) {
            _ = try await LookAlikes.groups { last throws(Failure) in
                calls += 1
                guard calls <= good else { throw Failure() }
                return last == nil ? accounts : []
            }
        }
        #expect(calls == good + 1)
    }

    private static func groups(_ accounts: [Account], size: Int = 2) async -> [[Account]] {
        await LookAlikes.groups { last in
            let start = last.flatMap { last in accounts.firstIndex { $0.id == last.id } }.map { $0 + 1 } ?? 0
            return Array(accounts[start...].prefix(size))
        }
    }

    private static func account(_ email: String) throws -> Account {
        Account(
            id: "acc_\(email)", license: try #require(License("trial12345")), email: try #require(EmailAddress(email)),
            displayName: nil, role: .agent, createdAt: now, lastLoginAt: now)
    }
}
