import AuthService
import BridgeCore
import Testing

@Suite("The effect of an import")
struct KeyImportEffectTests {
    private func effect(
        of key: TrustedKey, into keys: [TrustedKey], grace: Int64? = nil
    ) throws -> KeyImportEffect {
        let imported = try #require(try KeyImport.preview([key], into: keys).first)
        return KeyImportEffect(
            of: imported, into: keys, refusedAfterEnd: grace.map { $0 * 86_400 }, at: keyNow)
    }

    @Test("names the tokens that become acceptable")
    func starts() throws {
        let bare = try effect(of: .made("n"), into: [])
        #expect(
            bare.starts == [
                "tokens signed by this key whose kid is \"n\"",
                "tokens signed by this key without a kid, or with one that names no key",
            ])
        #expect(bare.stops.isEmpty)
        let declared = try effect(of: .made("n", alias: "a", kid: "k"), into: [.made("o", kid: "ok")])
        #expect(declared.starts == ["tokens signed by this key whose kid is \"n\" or \"k\" or \"a\""])
        #expect(declared.stops.isEmpty)
    }

    @Test("names those of other keys that carried the new name when it meant nothing")
    func stops() throws {
        let effect = try effect(of: .made("n", alias: "prod"), into: [.made("o", alias: "old"), .made("p", kid: "x")])
        #expect(effect.stops == ["tokens with the kid \"prod\" that are signed by another key (old)"])
        #expect(try self.effect(of: .made("n", alias: "prod"), into: [.made("o", retired: -1)]).stops.isEmpty)
    }

    @Test("is none for a key that is there, one that is refused, and one that is retired")
    func nothing() throws {
        let known = try TrustedKey.made("n", ends: -40)
        #expect(try effect(of: .made("n", ends: -50), into: [known]) == effect(of: .made("n"), into: [.made("n")]))
        #expect(try effect(of: known, into: [known]).starts.isEmpty)
        #expect(try effect(of: known, into: [], grace: 30).starts.isEmpty)
        #expect(try effect(of: .made("n"), into: [.made("n", retired: -1)]).starts.isEmpty)
    }

    @Test("of a later certificate is that its tokens are accepted for longer, or again")
    func renewal() throws {
        let longer = try effect(
            of: .made("n", ends: 300, certificate: [1]), into: [.made("n", ends: -10, certificate: [0])], grace: 30)
        let end = keyNow.adding(seconds: 330 * 86_400)
        #expect(longer.starts == ["tokens signed by this key, for longer: until \(end)"])
        let again = try effect(
            of: .made("n", ends: 300, certificate: [1]), into: [.made("n", ends: -40, certificate: [0])], grace: 30)
        #expect(again.starts.count == 2)
        #expect(again.starts.first?.hasSuffix(", until \(end)") == true)
    }
}
