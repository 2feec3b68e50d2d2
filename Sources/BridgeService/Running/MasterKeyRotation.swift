package import AuthService
package import BridgeCore
internal import BridgeCrypto

/// Brings a new master key into use while the service runs.
///
/// 1. The new key is written beside the one in use (`master.key.next`); whoever reads master keys reads it, too.
/// 2. One transaction wraps the data key of every sealed record with it.
/// 3. The key in use becomes `master.key.previous`, the new one takes its name.
///
/// Wherever this is interrupted, everything can be opened, and doing it again goes on from there.
package enum MasterKeyRotation {
    /// What an exchange did, or would do.
    package struct Outcome: Sendable, Hashable {
        /// How many records are sealed with the new key.
        package let recordCount: Int
        /// Where the key lies that was in use before.
        package let previousFile: String
        /// Whether an exchange that was interrupted was finished.
        package let isResumed: Bool
    }

    /// What would be done; nothing is changed.
    ///
    /// - Throws: as `run`.
    package static func preview(
        _ store: any Store, masterKeyFile path: String
    ) async throws(ServiceError) -> Outcome {
        let keys = try open(path)
        do throws(StoreError) {
            let records = try await store.sealedRecords()
            for record in records { _ = try reseal(record, keys, under: keys.active) }
            return Outcome(
                recordCount: records.count, previousFile: MasterKeyFile.previous(path), isResumed: keys.next != nil)
        } catch {
            throw ServiceError(error)
        }
    }

    /// Exchanges the master key in the file at `path`.
    ///
    /// - Throws: `conflict` when another exchange is under way, `password_wrong` naming the record that no master key
    ///   opens, `configuration_invalid` where no file can be written beside the one in use, `internal`.
    package static func run(
        _ store: any Store, masterKeyFile path: String, by actor: Actor, now: Timestamp
    ) async throws(ServiceError) -> Outcome {
        let isResumed = try open(path).next != nil
        guard let lock = FileLock(path) else {
            throw ServiceError(
                .conflict, "another exchange of the master key in \(path) is under way",
                hint: "wait until it has ended; cobrowse-sso key list still works meanwhile")
        }
        for name in [MasterKeyFile.next(path), MasterKeyFile.previous(path)] { TextFile.removeDrafts(of: name) }
        let target = try MasterKeyFile.make(MasterKeyFile.next(path))
        let keys = try open(path)
        let entry = AuditEntry(
            "masterKey.rotate", by: actor, at: now, license: nil,
            after: .object([JSONMember(name: "resumed", value: .bool(isResumed))]))
        let count: Int
        do throws(StoreError) {
            count = try await store.reseal(entry) { record throws(StoreError) in
                try reseal(record, keys, under: target)
            }
        } catch {
            throw ServiceError(error)
        }
        try takeOver(path)
        _ = consume lock
        return Outcome(recordCount: count, previousFile: MasterKeyFile.previous(path), isResumed: isResumed)
    }

    /// Says that an exchange was interrupted: the service runs, and somebody has to finish it.
    static func warn(of path: String, to log: any Log) {
        log.write(
            .warning, "master_key_rotation_unfinished",
            [("path", .text(MasterKeyFile.next(path))), ("hint", .text("cobrowse-sso key rotate --master"))])
    }

    private static func open(_ path: String) throws(ServiceError) -> MasterKeys {
        try MasterKeyFile.open(path, isInUse: true)
    }

    private static func reseal(
        _ record: SealedRecord, _ keys: MasterKeys, under target: MasterKey
    ) throws(StoreError) -> [UInt8] {
        do throws(CryptoError) {
            return try keys.rewrap(record.box, for: record.name, under: target)
        } catch {
            throw StoreError(error.code, error.detail, hint: error.hint)
        }
    }

    /// The key in use keeps a name of its own before the new one takes its place.
    private static func takeOver(_ path: String) throws(ServiceError) {
        let statuses = [
            { TextFile.replaceWithLink(MasterKeyFile.previous(path), to: path) },
            { TextFile.move(MasterKeyFile.next(path), to: path) },
        ]
        for status in statuses.lazy.map({ $0() }) where status != 0 {
            throw ServiceError(
                .configurationInvalid,
                "\(MasterKeyFile.next(path)) cannot take the place of \(path): \(MasterKeyFile.message(status))",
                hint: "everything is sealed with the new key and both files have to stay; give the directory to the "
                    + "user that runs cobrowse-sso, then repeat cobrowse-sso key rotate --master")
        }
    }
}
