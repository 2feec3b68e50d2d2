import AuthService
import BridgeCore
import Testing

@Suite("The effect of a change of keys")
struct KeyChangeEffectTests {
    /// A tenant's keys before and after a change of the key `n`, and what becomes of tokens.
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let before: [TrustedKey]
        let after: [TrustedKey]
        var grace: Int64?
        var starts: [String] = []
        var stops: [String] = []
    }

    private static let named = "tokens signed by this key whose kid is \"n\""
    private static let unnamed = "tokens signed by this key without a kid, or with one that names no key"

    private static func rows() throws -> [Row] {
        let (bare, retired) = (try TrustedKey.made("n"), try TrustedKey.made("n", retired: -1))
        let declared = try TrustedKey.made("n", alias: "a", kid: "k")
        let three = "\(named) or \"k\" or \"a\""
        let (old, other) = (try TrustedKey.made("o", alias: "old"), try TrustedKey.made("p", kid: "x"))
        let prod = try TrustedKey.made("n", alias: "prod")
        let taken = "tokens with the kid \"prod\" that are signed by the key old"
        return [
            Row(testDescription: "a new key", before: [], after: [bare], starts: [named, unnamed]),
            Row(
                testDescription: "a new key that declares a kid", before: [other], after: [other, declared],
                starts: [three]),
            Row(testDescription: "one that goes", before: [bare], after: [], stops: [named, unnamed]),
            Row(testDescription: "one that goes and declared a kid", before: [declared], after: [], stops: [three]),
            Row(testDescription: "one that is retired", before: [bare], after: [retired], stops: [named, unnamed]),
            Row(
                testDescription: "a new name that another key's tokens bore", before: [old, other],
                after: [old, other, prod], starts: ["\(named) or \"prod\"", unnamed], stops: [taken]),
            Row(
                testDescription: "a name that goes", before: [old, other, prod], after: [old, other], starts: [taken],
                stops: ["\(named) or \"prod\"", unnamed]),
            Row(
                testDescription: "a name that another key bears as well", before: [old, try .made("q", kid: "prod")],
                after: [old, try .made("q", kid: "prod"), try .made("n", kid: "prod")],
                starts: ["\(named) or \"prod\""]),
            Row(
                testDescription: "a name that a retired key's tokens bore", before: [try .made("o", retired: -1)],
                after: [try .made("o", retired: -1), prod], starts: ["\(named) or \"prod\"", unnamed]),
            Row(
                testDescription: "an alias for a key that declares no kid", before: [bare, old], after: [prod, old],
                stops: [taken]),
            Row(
                testDescription: "an alias for a key that declares one", before: [try .made("n", kid: "k")],
                after: [declared], starts: ["tokens signed by this key whose kid is \"a\""]),
            Row(testDescription: "nothing", before: [bare, old], after: [bare, old]),
            Row(testDescription: "a retired key that is imported again", before: [retired], after: [retired]),
            Row(
                testDescription: "a key that the tenant refuses", before: [], after: [try .made("n", ends: -40)],
                grace: 30),
        ]
    }

    @Test("is told in both directions", arguments: try rows())
    func table(_ row: Row) throws {
        let effect = effect(row)
        #expect(effect.starts == row.starts)
        #expect(effect.stops == row.stops)
    }

    @Test("of a later certificate is that tokens are accepted for longer, or again")
    func renewal() throws {
        let end = keyNow.adding(seconds: 330 * 86_400)
        let renewed = try TrustedKey.made("n", ends: 300)
        func effect(after ends: Int64) throws -> KeyChangeEffect {
            self.effect(
                Row(testDescription: "", before: [try .made("n", ends: ends)], after: [renewed], grace: 30))
        }
        #expect(try effect(after: -10).starts == ["tokens signed by this key for longer: until \(end)"])
        #expect(try effect(after: -40).starts == ["\(Self.named), until \(end)", "\(Self.unnamed), until \(end)"])
    }

    @Test("on the tokens of many others names three of them")
    func many() throws {
        let others = try (1...5).map { try TrustedKey.made("o\($0)") }
        let row = Row(testDescription: "", before: others, after: others + [try .made("n", alias: "a")])
        #expect(effect(row).stops == ["tokens with the kid \"a\" that are signed by another key (o1, o2, o3, ...)"])
    }

    private func effect(_ row: Row) -> KeyChangeEffect {
        let grace = row.grace.map { $0 * 86_400 }
        return KeyChangeEffect(
            of: "n", from: KeySelection(row.before, refusedAfterEnd: grace, at: keyNow),
            to: KeySelection(row.after, refusedAfterEnd: grace, at: keyNow))
    }

    @Test("is reckoned over the keys as an import leaves them")
    func imported() throws {
        let known = [try TrustedKey.made("a"), try .made("b")]
        let added = [try TrustedKey.made("b", alias: "bee"), try .made("c"), try .made("c", alias: "cee")]
        let after = KeyImport.keys(known, after: try KeyImport.preview(added, into: known))
        #expect(after.map(\.id) == ["a", "b", "c"])
        #expect(after.map(\.alias) == [nil, "bee", "cee"])
    }
}
