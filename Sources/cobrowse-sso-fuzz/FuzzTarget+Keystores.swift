internal import BridgeCore
internal import BridgeCrypto
internal import BridgeTesting

extension FuzzTarget {
    /// Java keystores; every second one has its check value made anew, so that what lies behind it is reached.
    static var jks: FuzzTarget {
        FuzzTarget(
            name: "jks",
            seeds: {
                try FuzzSeed.files(in: ["Tests/Vectors/Corpus/jks", "Certificates/keystores"], endings: [".jks"])
            },
            repair: { bytes, random in
                guard random.below(2) == 0, bytes.count > 20 else { return false }
                bytes = KeystoreFixture.sealed(bytes.dropLast(20))
                return true
            }, parse: open, isSealed: true)
    }

    /// PKCS#12 files, most of them without a check value, and with little work for each.
    static var pkcs12: FuzzTarget {
        FuzzTarget(
            name: "pkcs12",
            seeds: {
                try FuzzSeed.files(in: ["Tests/Vectors/Corpus/pkcs12", "Certificates/keystores"], endings: [".p12"])
            }, parse: open)
    }

    private static func open(_ bytes: [UInt8]) -> ReasonCode? {
        do throws(CryptoError) {
            let keystore = try Keystore(
                reading: bytes, password: KeystoreFixture.password, source: "case", iterationLimit: 5000)
            for entry in keystore.entries {
                entry.certificate?.readLateParts()
                _ = try? entry.publicKey(source: "case")
            }
            return nil
        } catch {
            return error.code
        }
    }
}

extension Certificate {
    /// Reads what a command would show, which is parsed when it is asked for.
    func readLateParts() {
        _ = (subject, issuer, serialNumber, notBefore, notAfter, publicKeySummary, signatureAlgorithm)
        _ = (isAuthority, hasWeakSignature)
        _ = try? publicKeySHA256()
    }
}
