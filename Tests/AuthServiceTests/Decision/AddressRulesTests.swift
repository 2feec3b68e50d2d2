import BridgeCore
import BridgeCrypto
import RegexBuilder
import Testing

@testable import AuthService

@Suite("Which addresses may sign in")
struct AddressRulesTests {
    private static func code(
        _ email: String, superusers: [String] = [], allowed: [String] = [], maySignIn: Bool = false
    ) throws -> ReasonCode? {
        let rules = AddressRules(
            superusers: try superusers.map { try #require(AddressPattern($0)) },
            allowed: try allowed.map { try #require(AddressPattern($0)) }, superusersMaySignIn: maySignIn)
        let address = try #require(EmailAddress(email))
        do throws(AccessDenial) {
            try rules.check(address)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("are all where nothing is set")
    func all() throws {
        #expect(try Self.code("ann@example.com") == nil)
    }

    @Test(
        "are no superusers'",
        arguments: [
            "boss@example.com", "BOSS@Example.COM", "root@ops.example", "a@ops.example", "x.y+z@ops.example",
            "first@a.example", "second@a.example",
        ])
    func superuser(email: String) throws {
        let superusers = ["boss@example\\.com", "(.*|root)@OPS\\.example", "first@a\\.example|second@a\\.example"]
        #expect(try Self.code(email, superusers: superusers) == .emailNotAllowed)
        #expect(try Self.code(email, superusers: superusers, allowed: [".*"]) == .emailNotAllowed)
        #expect(try Self.code(email, superusers: superusers, maySignIn: true) == nil)
        #expect(try Self.code(email, superusers: superusers, allowed: ["nobody@x"], maySignIn: true) == nil)
    }

    @Test(
        "are those of which an expression matches only a part",
        arguments: ["boss@example.com.evil.example", "xboss@example.com", "boss@exampleXcom", "boss@example.co"])
    func partial(email: String) throws {
        #expect(try Self.code(email, superusers: ["boss@example\\.com"]) == nil)
        #expect(try Self.code(email, superusers: ["first@x|boss@example\\.com"]) == nil)
        #expect(try Self.code(email, allowed: ["boss@example\\.com"]) == .emailNotAllowed)
        #expect(try Self.code(email, allowed: ["first@x|boss@example\\.com"]) == .emailNotAllowed)
    }

    @Test("are those on the list, where there is one")
    func allowed() throws {
        let allowed = [".*@example\\.com", "guest@other\\.example"]
        #expect(try Self.code("ann@example.com", allowed: allowed) == nil)
        #expect(try Self.code("Guest@Other.example", allowed: allowed) == nil)
        #expect(try Self.code("ann@example.org", allowed: allowed) == .emailNotAllowed)
        #expect(try Self.code("guest2@other.example", allowed: allowed) == .emailNotAllowed)
    }

    @Test(
        "are the same in both spellings of a domain",
        arguments: ["boss@bücher.example", "boss@xn--bcher-kva.example", "Boss@BÜCHER.example"])
    func spellings(email: String) throws {
        for domain in ["bücher", "xn--bcher-kva"] {
            #expect(try Self.code(email, superusers: ["boss@\(domain)\\.example"]) == .emailNotAllowed)
            #expect(try Self.code(email, allowed: ["boss@\(domain)\\.example"]) == nil)
        }
        #expect(try Self.code(email, allowed: ["boss@bucher\\.example"]) == .emailNotAllowed)
    }

    @Test("are judged before anything else is said about the person")
    func first() throws {
        let rules = AddressRules(
            superusers: [try #require(AddressPattern("ann@.*"))], allowed: [], superusersMaySignIn: false)
        var unverified = SalesforceFacts.person()
        unverified.emailVerified = false
        #expect(AccessPolicy.verdict(unverified, addresses: rules) == .refused(.emailNotAllowed))
        #expect(AccessPolicy.verdict(nil, claimed: .administrator, addresses: rules) == .refused(.emailNotAllowed))
    }

    @Test("are written as regular expressions", arguments: ["[a", "(a", "*", "a**", "\\"])
    func malformed(source: String) {
        #expect(AddressPattern(source) == nil)
    }

    @Test("are not those that cannot be matched to the end, whichever list cannot")
    func unmatchable() throws {
        struct Failure: Error {}
        let failing = Regex<AnyRegexOutput>(
            Regex {
                TryCapture(OneOrMore(.any), transform: { _ -> Substring? in throw Failure() })
            })
        let pattern = AddressPattern(failing, source: "failing")
        let anybody = try #require(AddressPattern(".*"))
        let email = try #require(EmailAddress("ann@example.com"))
        #expect(throws: Failure.self) { try pattern.matches(email) }
        for rules in [
            AddressRules(superusers: [pattern], allowed: [anybody], superusersMaySignIn: false),
            AddressRules(superusers: [pattern], allowed: [], superusersMaySignIn: true),
            AddressRules(superusers: [], allowed: [pattern, anybody], superusersMaySignIn: false),
        ] {
            #expect(throws: AccessDenial(.emailNotAllowed, "")) { try rules.check(email) }
        }
    }

    @Test("are not told apart in words: nobody learns who the superusers are")
    func words() throws {
        let rules = AddressRules(
            superusers: [try #require(AddressPattern("boss@.*"))], allowed: [try #require(AddressPattern(".*@x"))],
            superusersMaySignIn: false)
        var texts: Set<String> = []
        for address in ["boss@x", "boss@y", "ann@y"] {
            let email = try #require(EmailAddress(address))
            let denial = try #require(throws: AccessDenial.self) { try rules.check(email) }
            texts.insert("\(denial.detail): \(denial.hint ?? "")")
        }
        #expect(texts.count == 1)
        #expect(texts.first?.contains("boss") == false)
    }
}
