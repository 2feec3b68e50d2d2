import BridgeCore
import Testing

@Suite("A suggestion")
struct SuggestionTests {
    private static let words = ["listen", "log__level", "log__format", "data_dir", "public_url", "serve"]

    @Test(
        "is the nearest word",
        arguments: [
            ("listen", "listen"), ("litsen", "listen"), ("listne", "listen"), ("log_level", "log__level"),
            ("log__fromat", "log__format"), ("datadir", "data_dir"), ("publc_url", "public_url"), ("srve", "serve"),
        ])
    func near(_ word: String, _ expected: String) {
        #expect(Suggestion.nearest(to: word, among: Self.words) == expected)
    }

    @Test("is not offered for a word that is like none", arguments: ["", "x", "master_key_file", "lstn", "sreev"])
    func far(_ word: String) {
        #expect(Suggestion.nearest(to: word, among: Self.words) == nil)
    }

    @Test("needs something to choose from")
    func none() {
        #expect(Suggestion.nearest(to: "listen", among: []) == nil)
    }
}

@Suite("Hexadecimal digits")
struct HexTests {
    @Test("write every byte as two, in lower case")
    func encode() {
        #expect(Hex.encode([0x00, 0x0F, 0xF0, 0xAB, 0xFF]) == "000ff0abff")
        #expect(Hex.encode([]) == "")
        #expect(Hex.encode(Array(UInt8.min...UInt8.max)).utf8.count == 512)
    }

    @Test("have a value in both cases, and nothing else has")
    func values() {
        let digits = Array("0123456789abcdef".utf8)
        for byte in UInt8.min...UInt8.max {
            let lower = (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte) ? byte | 0x20 : byte
            #expect(Hex.value(of: byte) == digits.firstIndex(of: lower).map { UInt8($0) })
        }
    }
}
