internal import AuthService
internal import BridgeCrypto

extension DoctorCheck {
    /// The master key is there and opens what the store holds.
    static let masterKey = DoctorCheck(id: "master-key") { subject in
        let path = subject.configuration.masterKeyFile
        let keys: [StoredSigningKey]
        let masterKey: MasterKey?
        do {
            keys = try await subject.signingKeys().get()
            masterKey = try MasterKeyFile.read(path)
        } catch let error as StoreError {
            return [.red(error)]
        } catch let error as ServiceError {
            return [.red(error)]
        } catch {
            return [.red("\(path) cannot be read", fix: "check its owner and mode")]
        }
        guard let masterKey else {
            if keys.isEmpty {
                return [.yellow("\(path) does not exist", fix: "the service makes it when it first starts")]
            }
            return [
                .red(
                    "\(path) is missing, and the store holds keys sealed with it",
                    fix: "set master_key_file to the file that was in use, or restore it from the backup")
            ]
        }
        let sealed = keys.filter { !opens(masterKey, $0) }
        if sealed.isEmpty { return [.green("\(path) opens \(keys.count) of \(keys.count) signing keys")] }
        return [
            .red(
                "\(path) does not open the signing keys \(sealed.map(\.id).joined(separator: ", "))",
                fix: "put the file back that was in use when they were made")
        ]
    }

    private static func opens(_ masterKey: MasterKey, _ key: StoredSigningKey) -> Bool {
        do throws(CryptoError) {
            _ = try masterKey.open(key.sealedPrivateKey, for: key.sealedRecordName)
            return true
        } catch {
            return false
        }
    }
}
