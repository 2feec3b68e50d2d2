internal import BridgeCore

/// A JWK Set (RFC 7517 §5).
public struct JSONWebKeySet: Sendable {
    public let keys: [JSONWebKey]
    /// How many keys of other types, algorithms or purposes were left out.
    let passedOver: Int

    public init(_ keys: [JSONWebKey]) {
        self.init(keys, passedOver: 0)
    }

    private init(_ keys: [JSONWebKey], passedOver: Int) {
        (self.keys, self.passedOver) = (keys, passedOver)
    }

    /// Reads a JWK Set, or a single JWK, from JSON text.
    ///
    /// Keys of other types, algorithms or purposes are left out, as RFC 7517 §5 asks for; a private or weak key among
    /// them is an error, because somebody has to know.
    /// - Throws: `certificate_malformed` when nothing usable is there, `private_key_given`, `key_too_small`.
    public init(reading bytes: [UInt8], source: String) throws(CryptoError) {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue(parsing: bytes)
        } catch {
            throw CryptoError(.certificateMalformed, "\(source) is not acceptable JSON: \(error)")
        }
        guard let elements = document["keys"]?.arrayValue else {
            self.init([try JSONWebKey(document, source: source)])
            return
        }
        var keys: [JSONWebKey] = []
        for (index, element) in elements.enumerated() {
            do throws(CryptoError) {
                keys.append(try JSONWebKey(element, source: "\(source): keys[\(index)]"))
            } catch {
                guard error.code == .keyNotRSA else { throw error }
            }
        }
        guard !keys.isEmpty else {
            throw CryptoError(.certificateMalformed, "\(source) holds no RSA key for signatures")
        }
        self.init(keys, passedOver: elements.count - keys.count)
    }

    /// The set as JSON text.
    public var json: [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.name("keys")
            writer.array { writer in
                for key in keys { writer.jsonWebKey(key) }
            }
        }
        return writer.bytes
    }
}
