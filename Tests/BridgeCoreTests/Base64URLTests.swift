import BridgeCore
import BridgeTesting
import FoundationEssentials
import Testing

@Suite("Base64url")
struct Base64URLTests {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    @Test(
        "writes the vectors of RFC 4648 §10 without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"), ("\u{3FF}\u{3FF}~", "z7_Pv34"), ("~~>", "fn4-"),
        ])
    func vectors(_ text: String, _ encoded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(Base64URL.decode(encoded.utf8) == Array(text.utf8))
    }

    @Test("reads back every length")
    func roundTrip() {
        var random = SeededGenerator(seed: 4648)
        for count in 0...40 {
            for _ in 0..<20 {
                let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
                let text = Base64URL.encode(bytes)
                #expect(Base64URL.decode(text.utf8) == bytes)
                let standard = Data(bytes).base64EncodedString()
                #expect(
                    text == standard.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: ""))
            }
        }
    }

    @Test("knows how many bytes a number of characters makes")
    func counts() {
        #expect((0...9).map { Base64URL.decodedCount(ofCharacters: $0) } == [0, nil, 1, 2, 3, nil, 4, 5, 6, nil])
    }

    @Test("has one text for each sequence of bytes", arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    func canonical(_ count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let text = Array(Base64URL.encode(bytes).utf8)
        for place in text.indices {
            for character in UInt8.min...UInt8.max where character != text[place] {
                var changed = text
                changed[place] = character
                guard let decoded = Base64URL.decode(changed) else { continue }
                #expect(Self.alphabet.contains(character))
                #expect(decoded != bytes)
                #expect(Array(Base64URL.encode(decoded).utf8) == changed)
            }
        }
    }

    @Test("accepts exactly the last characters whose unused bits are zero")
    func unusedBits() {
        let two = Self.alphabet.filter { Base64URL.decode([UInt8(ascii: "A"), $0]) != nil }
        let three = Self.alphabet.filter { Base64URL.decode(Array("AA".utf8) + [$0]) != nil }
        #expect(two == Array("AQgw".utf8))
        #expect(three == Array("AEIMQUYcgkosw048".utf8))
    }

    @Test(
        "refuses padding, the other alphabet, white space and impossible lengths",
        arguments: [
            "Zg==", "Zm8=", "Zg=", "Zm9v=", "=", "+___", "/___", "Zm9v\n", "Zm 9v", " Zm9v", "Zm9v\0", "Z", "Zm9vY",
            "Zm.v",
            "é", "Zm9v\u{FF21}", "A\u{0}\u{0}A",
        ])
    func refuses(_ text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }

    @Test("decodes a range into free capacity and nothing else")
    func capacity() {
        let text = Array("xxZm9vYmFyxx".utf8)
        let span = text.span
        var decoded = false
        let bytes = [UInt8](capacity: 6) { output in decoded = Base64URL.decode(span, 2..<10, into: &output) }
        #expect(decoded)
        #expect(bytes == Array("foobar".utf8))
        for (capacity, range) in [(5, 2..<10), (9, 2..<13), (9, 12..<16)] {
            let none = [UInt8](capacity: capacity) { output in decoded = Base64URL.decode(span, range, into: &output) }
            #expect(!decoded)
            #expect(none.isEmpty)
        }
    }
}

@Suite("Base64 with padding")
struct Base64Tests {
    @Test("agrees with another reader on every text of four characters out of eight")
    func exhaustive() {
        let characters = Array("AQgw/+= ".utf8)
        for index in 0..<4096 {
            let text = [0, 3, 6, 9].map { characters[index >> $0 & 7] }
            let ours = Base64.decode(text)
            let theirs = Data(base64Encoded: Data(text)).map { Array($0) }
            if let ours {
                #expect(theirs == ours)
                #expect(Base64.encode(ours) == String(decoding: text, as: UTF8.self))
            } else if let theirs {
                #expect(Array(Base64.encode(theirs).utf8) != text, "refused although canonical")
            }
        }
    }

    @Test("reads back every length")
    func roundTrip() {
        for count in 0...40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
            #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
            #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
        }
    }

    @Test(
        "refuses what is not canonical",
        arguments: [
            "A", "AA", "AAA", "A===", "====", "AA=A", "=AAA", "AB==", "AAB=", "AA==AA==", "AA-_", "AAA\n", "AAAA=",
        ])
    func refuses(_ text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }
}
