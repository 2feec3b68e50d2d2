internal import AuthService
internal import BridgeCrypto

extension DoctorCheck {
    /// The master key is there and opens what the store holds.
    static let masterKey = DoctorCheck(id: "master-key") { subject in
        let path = subject.configuration.masterKeyFile
        let records: [SealedRecord]
        let (masterKey, next): (MasterKey?, MasterKey?)
        do {
            records = try await subject.store?.sealedRecords() ?? []
            (masterKey, next) = (try MasterKeyFile.read(path), try MasterKeyFile.read(MasterKeyFile.next(path)))
        } catch let error as StoreError {
            return [.red(error)]
        } catch let error as ServiceError {
            return [.red(error)]
        } catch {
            return [.red("\(path) cannot be read", fix: "check its owner and mode")]
        }
        guard let masterKey else {
            if records.isEmpty {
                return [.yellow("\(path) does not exist", fix: "the service makes it when it first starts")]
            }
            return [
                .red(
                    "\(path) is missing, and the store holds what is sealed with it",
                    fix: "set master_key_file to the file that was in use, or restore it from the backup")
            ]
        }
        let keys = MasterKeys(masterKey, next: next)
        let sealed = records.filter { !opens(keys, $0) }
        if sealed.isEmpty, next != nil {
            return [
                .yellow(
                    "an exchange of \(path) was begun and has not ended; everything can be opened meanwhile",
                    fix: "cobrowse-sso key rotate --master")
            ]
        }
        if sealed.isEmpty { return [.green("\(path) opens all that is sealed in the store: \(records.count)")] }
        let names = sealed.prefix(limit).map(\.name).joined(separator: ", ")
        return [
            .red(
                "\(path) does not open \(sealed.count) of \(records.count): \(names)",
                fix: "put the file back that was in use when they were sealed")
        ]
    }

    private static func opens(_ keys: MasterKeys, _ record: SealedRecord) -> Bool {
        do throws(CryptoError) {
            _ = try keys.open(record.box, for: record.name)
            return true
        } catch {
            return false
        }
    }
}
