import BridgeTesting
import Testing

@testable import BridgeCrypto

@Suite("Java's UTF-8")
struct ModifiedUTF8Tests {
    @Test(
        "goes both ways",
        arguments: [
            ("", []), ("a", [0x61]), ("\u{0}", [0xC0, 0x80]), ("\u{7F}", [0x7F]), ("é", [0xC3, 0xA9]),
            ("\u{7FF}", [0xDF, 0xBF]), ("\u{800}", [0xE0, 0xA0, 0x80]), ("€", [0xE2, 0x82, 0xAC]),
            ("\u{FFFF}", [0xEF, 0xBF, 0xBF]), ("😀", [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]),
        ] as [(String, [UInt8])])
    func bothWays(_ text: String, _ bytes: [UInt8]) {
        #expect(ModifiedUTF8.encode(text) == bytes)
        #expect(ModifiedUTF8.decode(bytes[...]) == text)
    }

    @Test(
        "refuses what Java would not have written",
        arguments: [
            [0x00], [0x80], [0xC0], [0xC0, 0x81], [0xC1, 0xBF], [0xC3, 0x28], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82], [0xED, 0xA0, 0xBD], [0xED, 0xB8, 0x80], [0xED, 0xB8, 0x80, 0xED, 0xA0, 0xBD],
            [0xF0, 0x9F, 0x98, 0x80], [0xFF],
        ] as [[UInt8]])
    func refused(_ bytes: [UInt8]) {
        #expect(ModifiedUTF8.decode(bytes[...]) == nil)
    }
}

@Suite("SHA-1 of the tests")
struct SHA1Tests {
    @Test("is that of RFC 3174 and of OpenSSL")
    func vectors() throws {
        let abc: [UInt8] = [
            0xA9, 0x99, 0x3E, 0x36, 0x47, 0x06, 0x81, 0x6A, 0xBA, 0x3E, 0x25, 0x71, 0x78, 0x50, 0xC2, 0x6C, 0x9C, 0xD0,
            0xD8, 0x9D,
        ]
        #expect(SHA1.digest(Array("abc".utf8)) == abc)
        for count in [0, 55, 56, 63, 64, 65, 1000] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            let hasher = try SHA1Hasher()
            try bytes.span.bytes.withUnsafeBytes { try hasher.update($0) }
            var digest = [UInt8](repeating: 0, count: SHA1Hasher.size)
            try digest.withUnsafeMutableBytes { try hasher.finish(into: $0) }
            #expect(digest == SHA1.digest(bytes))
        }
    }
}
