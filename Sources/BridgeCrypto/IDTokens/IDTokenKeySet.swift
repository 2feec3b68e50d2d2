internal import BridgeCore

/// A public key of a provider's JWK Set.
package struct IDTokenKey: Sendable, VerificationKey {
    package let key: RSAPublicKey
    package let keyID: String?
    /// Whose tokens alone it may sign: Entra's member `issuer`; `nil` where the set does not say.
    package let issuer: IssuerPattern?

    package init(_ key: RSAPublicKey, keyID: String?, issuer: IssuerPattern? = nil) {
        self.key = key
        self.keyID = keyID
        self.issuer = issuer
    }
}

/// The keys that a provider signs ID tokens with (RFC 7517 §5).
package struct IDTokenKeySet: Sendable {
    package let keys: [IDTokenKey]
    /// The most keys of a set that are read.
    package static let largestCount = 1000

    package init(_ keys: [IDTokenKey]) {
        self.keys = keys
    }

    /// Reads a JWK Set as a provider publishes it; `source` names it in errors.
    ///
    /// Keys that are not RSA, not for RS256 signatures, weak, or not understood are left out, as RFC 7517 §5 asks for:
    /// one odd key among a provider's hundred is not to keep everybody out. `x5c`, `x5t` and `x5u` are not looked at.
    /// - Throws: `certificate_malformed` when it is no JWK Set, or no usable key is left.
    package init(reading bytes: [UInt8], source: String) throws(CryptoError) {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue(parsing: bytes)
        } catch {
            throw CryptoError(.certificateMalformed, "\(source) is not acceptable JSON: \(error)")
        }
        guard let elements = document["keys"]?.arrayValue else {
            throw CryptoError(.certificateMalformed, "\(source) is no JWK Set: keys is missing")
        }
        keys = elements.prefix(Self.largestCount).compactMap(IDTokenKey.init(element:))
        guard !keys.isEmpty else {
            throw CryptoError(.certificateMalformed, "\(source) holds no RSA key for signatures")
        }
    }

    /// Whether a token that names `keyID` could be judged by this set; a set that could not may be out of date.
    package func holdsKey(named keyID: String?) -> Bool { !named(keyID).isEmpty }

    /// A token without `kid` can mean the only key of a set, and none of several (OpenID Connect Core §10.1).
    func named(_ keyID: String?) -> [IDTokenKey] {
        guard let keyID else { return keys.count == 1 ? keys : [] }
        return keys.filter { $0.keyID.map { $0.utf8.elementsEqual(keyID.utf8) } ?? false }
    }
}

extension IDTokenKey {
    /// `nil` for a key that is of no use here.
    fileprivate init?(element: JSONValue) {
        guard let key = try? JSONWebKey(element, source: "a key") else { return nil }
        let issuer = element["issuer"]
        // A restriction that is not understood must not be lost.
        guard issuer == nil || issuer?.stringValue != nil else { return nil }
        self.init(key.key, keyID: key.keyID, issuer: issuer?.stringValue.map(IssuerPattern.init))
    }
}
