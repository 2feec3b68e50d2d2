package import BridgeCrypto

/// The key pairs below `Certificates/`, by the stem of their files; each is read once a process.
package enum KeyFixture: String, Sendable, CaseIterable {
    /// The trusted key of most tests.
    case cobrowse = "salesforce/CobrowseIO"
    /// The next key of the same name.
    case renewed = "salesforce/CobrowseIO-renewed"
    case rsa3072 = "salesforce/CobrowseIO-3072"
    case rsa4096 = "salesforce/CobrowseIO-4096"
    /// Somebody else's key, which nobody trusts.
    case other = "keys/Other"
    /// Public exponent 3.
    case exponent3 = "weak/exponent-3"

    /// The private half, PKCS#8 PEM.
    package var privateKeyFile: RepositoryFile { RepositoryFile("Certificates/\(rawValue)-TEST-ONLY.key.pem") }

    /// The certificate; `keys/Other` has none.
    package var certificateFile: RepositoryFile { RepositoryFile("Certificates/\(rawValue).crt") }

    /// The pair.
    package var privateKey: RSAPrivateKey {
        get throws { try Self.keys[self].unwrapped(rawValue).get() }
    }

    /// The public half.
    package var publicKey: RSAPublicKey {
        get throws { try privateKey.publicKey }
    }

    /// The public half as the only trusted key, which declares no `kid` and has no alias.
    package var keySet: TokenKeySet {
        get throws { TokenKeySet([TokenKey(try publicKey)], issuer: nil) }
    }

    private static let keys: [KeyFixture: Result<RSAPrivateKey, any Error>] = {
        var keys: [KeyFixture: Result<RSAPrivateKey, any Error>] = [:]
        for fixture in allCases {
            keys[fixture] = Result {
                try RSAPrivateKey(reading: try fixture.privateKeyFile.bytes(), source: fixture.rawValue)
            }
        }
        return keys
    }()
}
