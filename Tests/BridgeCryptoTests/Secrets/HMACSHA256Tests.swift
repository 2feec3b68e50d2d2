import BridgeCore
import BridgeCrypto
import Testing

@Suite("HMAC with SHA-256")
struct HMACSHA256Tests {
    /// RFC 4231 §4.2, §4.3, §4.4 and §4.7.
    struct Vector: CustomTestStringConvertible, Sendable {
        let key: [UInt8]
        let message: [UInt8]
        let code: String
        var testDescription: String { "\(key.count) bytes of key, \(message.count) of message" }

        static let all = [
            Vector(
                key: [UInt8](repeating: 0x0B, count: 20), message: Array("Hi There".utf8),
                code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            Vector(
                key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
                code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            Vector(
                key: [UInt8](repeating: 0xAA, count: 20), message: [UInt8](repeating: 0xDD, count: 50),
                code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
            Vector(
                key: [UInt8](repeating: 0xAA, count: 131),
                message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        ]
    }

    @Test("is that of RFC 4231", arguments: Vector.all)
    func vector(vector: Vector) throws {
        let code = try HMACSHA256.code(of: vector.message, key: Secret(vector.key))
        #expect(Hex.encode(code) == vector.code)
        #expect(try HMACSHA256.isValid(code, of: vector.message, key: Secret(vector.key)))
    }

    @Test("is valid for no other message, key or code")
    func others() throws {
        let (key, message) = (Secret([1, 2, 3]), [UInt8]("message".utf8))
        let code = try HMACSHA256.code(of: message, key: key)
        for place in code.indices {
            var changed = code
            changed[place] ^= 1
            #expect(try !HMACSHA256.isValid(changed, of: message, key: key))
        }
        #expect(try !HMACSHA256.isValid(Array(code.dropLast()), of: message, key: key))
        #expect(try !HMACSHA256.isValid([], of: message, key: key))
        #expect(try !HMACSHA256.isValid(code, of: message + [0], key: key))
        #expect(try !HMACSHA256.isValid(code, of: message, key: Secret([1, 2, 4])))
        #expect(throws: CryptoError.self) {
            try HMACSHA256.isValid(code, of: message, key: Secret([]))
        }
    }
}
