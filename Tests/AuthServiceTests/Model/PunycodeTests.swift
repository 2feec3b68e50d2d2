import BridgeTesting
import Testing

@testable import AuthService

@Suite("Punycode")
struct PunycodeTests {
    /// RFC 3492 §7.1, the digits in lower case; (H) is longer than a label.
    private static let samples: [(letters: String, code: String)] = [
        ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"), ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
        ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"), ("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"),
        ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
        ("यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd"),
        ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
        ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
        ("PorquénopuedensimplementehablarenEspañol", "PorqunopuedensimplementehablarenEspaol-fmd56a"),
        ("TạisaohọkhôngthểchỉnóitiếngViệt", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g"),
        ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
        ("安室奈美恵-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"),
        ("Hello-Another-Way-それぞれの場所", "Hello-Another-Way--fc4qua05auwb3674vfr0b"),
        ("ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"), ("MajiでKoiする5秒前", "MajiKoi5-783gue6qz075azm5e"),
        ("パフィーdeルンバ", "de-jg4avhby1noc0d"), ("そのスピードで", "d9juau41awczczp"), ("-> $1.00 <-", "-> $1.00 <--"),
        ("", ""), ("\u{10FFFF}", "dn32g"), ("\u{80}", "a"),
    ]

    @Test("encodes and decodes as the RFC shows", arguments: samples)
    func sample(letters: String, code: String) throws {
        let encoded = try #require(Punycode.encode(Array(letters.unicodeScalars)))
        #expect(String(decoding: encoded, as: UTF8.self) == code)
        #expect(Punycode.decode(Array(code.utf8)) == Array(letters.unicodeScalars))
    }

    @Test("reads digits of both cases")
    func cases() {
        #expect(Punycode.decode(Array("D9JuAU41aWcZcZp".utf8)) == Array("そのスピードで".unicodeScalars))
    }

    @Test(
        "refuses what breaks off, is no digit, or stands for no character",
        arguments: [
            "z", "9", "é", "a b", "-a", "a-_", "a-!", "99999999", "zzzzzzzzzzzzzzzzzzzzzzzz", "dn33g", "tda9",
            // U+D800 at last.
            "ib9b", String(repeating: "a", count: 60), String(repeating: "9", count: 59),
        ])
    func malformed(code: String) {
        #expect(Punycode.decode(Array(code.utf8)) == nil)
    }

    @Test("has no encoding longer than a label")
    func length() {
        #expect(Punycode.encode(Array(repeating: "a", count: 58))?.count == 59)
        #expect(Punycode.encode(Array(repeating: "a", count: 59)) == nil)
        #expect(Punycode.encode(Array(repeating: "例", count: 50)) != nil)
        #expect(Punycode.encode(Array(repeating: "例", count: 59)) == nil)
        #expect(Punycode.encode(Array(repeating: "例", count: 100_000)) == nil)
    }

    @Test("gives back what it was given, whatever the scalars")
    func roundTrip() {
        var generator = SeededGenerator(seed: 3492)
        var encodedCount = 0
        for _ in 0..<2000 {
            let bits = 7 + generator.below(14)
            let scalars = (0..<generator.below(20)).compactMap { _ in
                Unicode.Scalar(UInt32(generator.below(min(1 << bits, 0x11_0000))))
            }
            guard let code = Punycode.encode(scalars) else { continue }
            encodedCount += 1
            #expect(Punycode.decode(code) == scalars)
        }
        #expect(encodedCount > 1000)
    }

    @Test("survives whatever it is given to decode")
    func fuzz() {
        var generator = SeededGenerator(seed: 7)
        let characters = Array("abcxyz0189-".utf8)
        var decodedCount = 0
        for _ in 0..<20_000 {
            let code = (0..<generator.below(30)).map { _ in characters[generator.below(characters.count)] }
            guard let scalars = Punycode.decode(code) else { continue }
            decodedCount += 1
            guard let again = Punycode.encode(scalars) else { continue }
            #expect(Punycode.decode(again) == scalars)
        }
        #expect(decodedCount > 100)
    }
}
