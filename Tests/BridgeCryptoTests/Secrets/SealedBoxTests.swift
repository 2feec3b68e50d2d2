import BridgeCore
import BridgeCrypto
import Testing

@Suite("A sealed box")
struct SealedBoxTests {
    private let key: MasterKey
    private let plaintext = Array("client secret é".utf8)

    init() throws {
        key = try #require(MasterKey(try SecureRandom.bytes(MasterKey.size)))
    }

    @Test("opens for its record with its key", arguments: [0, 1, 15, 16, 17, 1000])
    func opens(_ count: Int) throws {
        let plaintext = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        for record in ["", "connection/acme/default", "é"] {
            let box = try key.seal(Secret(plaintext), for: record)
            #expect(bytes(of: try key.open(box, for: record)) == plaintext)
            #expect(box.count == 1 + 60 + 28 + count)
        }
    }

    @Test("opens for no other record and with no other key")
    func wrong() throws {
        let box = try key.seal(Secret(plaintext), for: "a")
        for record in ["", "b", "a ", "A", "aa", "a\0"] {
            #expect(code { () throws(CryptoError) in try key.open(box, for: record) } == .passwordWrong)
        }
        let other = try #require(MasterKey([UInt8](repeating: 0, count: 32)))
        #expect(code { () throws(CryptoError) in try other.open(box, for: "a") } == .passwordWrong)
    }

    @Test("does not open when any bit of any byte has changed, or any byte is missing")
    func changed() throws {
        let box = try key.seal(Secret(plaintext), for: "a")
        for place in box.indices {
            for bit in [UInt8(0x01), 0x80] {
                var changed = box
                changed[place] ^= bit
                #expect(code { () throws(CryptoError) in try key.open(changed, for: "a") } == .passwordWrong)
            }
            #expect(code { () throws(CryptoError) in try key.open(Array(box[..<place]), for: "a") } == .passwordWrong)
        }
        #expect(code { () throws(CryptoError) in try key.open(box + [0], for: "a") } == .passwordWrong)
    }

    @Test("does not open when it is put together from two boxes of one record")
    func spliced() throws {
        let (first, second) = (try key.seal(Secret(plaintext), for: "a"), try key.seal(Secret(plaintext), for: "a"))
        let spliced = Array(first[..<61] + second[61...])
        #expect(code { () throws(CryptoError) in try key.open(spliced, for: "a") } == .passwordWrong)
    }

    @Test("is another one each time, and shows nothing of what is in it")
    func fresh() throws {
        let boxes = try (0..<20).map { _ in try key.seal(Secret(plaintext), for: "a") }
        #expect(Set(boxes).count == 20)
        for box in boxes {
            #expect(!box.contains(plaintext))
            for range in [1..<13, 13..<45, 61..<73] { #expect(Set(boxes.map { Array($0[range]) }).count == 20) }
        }
    }

    @Test("is opened by a key of 32 bytes that is never shown", arguments: [0, 16, 31, 33, 64])
    func masterKey(_ count: Int) {
        #expect(MasterKey([UInt8](repeating: 1, count: count)) == nil)
        var dumped = ""
        dump(key, to: &dumped)
        #expect(dumped.contains("<secret>"))
        #expect("\(key)".contains("<secret>"))
    }

    private func code(_ open: () throws(CryptoError) -> Secret) -> ReasonCode? {
        cryptoError { () throws(CryptoError) in _ = try open() }?.code
    }

    private func bytes(of secret: Secret) -> [UInt8] {
        secret.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }
}

@Suite("A SHA-256 digest")
struct SHA256Tests {
    @Test(
        "is the one of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func vectors(_ text: String, _ digest: String) throws {
        #expect(Hex.encode(try SHA256Digest(of: Array(text.utf8)).bytes) == digest)
        #expect(Hex.encode(try TokenVerifier().digest(text.utf8.span).bytes) == digest)
    }
}
