internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeTesting

extension FuzzTarget {
    private static let folders = ["salesforce", "shapes", "weak", "foreign"].map { "Certificates/\($0)" }

    /// What is inside certificates and public keys: mutations of the DER; every second one is put into PEM again.
    static var certificate: FuzzTarget {
        FuzzTarget(
            name: "certificate",
            seeds: {
                try FuzzSeed.files(in: folders, endings: [".crt", ".der", ".pub.pem", ".p7b", ".p7c"]).map(\.unarmoured)
            },
            repair: { bytes, random in
                guard random.below(2) == 0 else { return false }
                bytes = Array("-----BEGIN CERTIFICATE-----\n\(Base64.encode(bytes))\n-----END CERTIFICATE-----\n".utf8)
                return true
            }, parse: trust)
    }

    /// Private keys, PKCS#8 and PKCS#1, some of them encrypted under the phrase they are opened with, with little work
    /// for each.
    static var privateKey: FuzzTarget {
        let phrase = Secret(Array("test-only-passphrase".utf8))
        return FuzzTarget(
            name: "private-key",
            seeds: {
                let pem = try FuzzSeed.files(
                    in: ["Certificates/keys", "Certificates/salesforce"], endings: [".key.pem"])
                let der = try FuzzSeed.files(in: ["Certificates/keys"], endings: [".der"])
                return pem + pem.map(\.unarmoured) + der
            },
            parse: { bytes in
                do throws(CryptoError) {
                    _ = try RSAPrivateKey(reading: bytes, passphrase: phrase, source: "case", iterationLimit: 100)
                    return nil
                } catch {
                    return error.code
                }
            })
    }

    /// JWK and JWK Set.
    static var jwk: FuzzTarget {
        FuzzTarget(
            name: "jwk",
            seeds: { try FuzzSeed.files(in: ["Certificates/shapes", "Certificates/keys"], endings: [".json"]) },
            parse: trust)
    }

    private static func trust(_ bytes: [UInt8]) -> ReasonCode? {
        do throws(CryptoError) {
            for material in try KeyMaterial.read(bytes, source: "case").materials {
                material.certificate?.readLateParts()
            }
            return nil
        } catch {
            return error.code
        }
    }
}
