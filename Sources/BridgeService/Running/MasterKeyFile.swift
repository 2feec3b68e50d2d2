internal import BridgeCore
internal import BridgeCrypto
internal import Glibc

/// The file of the master key: 32 bytes, readable by the service alone, made on first start.
enum MasterKeyFile {
    /// Reads the key at `path`, or makes one there.
    ///
    /// - Parameter isInUse: whether the store holds anything sealed with the key. A new one would not open that, and
    ///   would hide that the old one is lost.
    /// - Throws: `configuration_invalid` for a file of another size, one that cannot be read or written, and one that
    ///   is in use and not there.
    static func open(_ path: String, isInUse: Bool) throws(ServiceError) -> MasterKeys {
        let key = try openOne(path, isInUse: isInUse)
        // What cannot be read of the previous one is missed by those records alone that need it.
        return MasterKeys(key, next: try read(next(path)), previous: (try? read(previous(path))) ?? nil)
    }

    /// Where the master key lies that is about to take the place of the one at `path`.
    static func next(_ path: String) -> String { "\(path).next" }

    /// Where the master key lies whose place was taken last; it opens backups that were made before.
    static func previous(_ path: String) -> String { "\(path).previous" }

    private static func openOne(_ path: String, isInUse: Bool) throws(ServiceError) -> MasterKey {
        if let key = try read(path) { return key }
        guard !isInUse else {
            throw ServiceError(
                .configurationInvalid, "\(path) is missing, and the store holds keys sealed with it",
                hint: "set master_key_file to the file that was in use, or restore it from the backup")
        }
        return try make(path)
    }

    /// Makes a key at `path`, or takes the one that somebody else has just made there.
    static func make(_ path: String) throws(ServiceError) -> MasterKey {
        let bytes: [UInt8]
        do throws(CryptoError) {
            bytes = try SecureRandom.bytes(MasterKey.size)
        } catch {
            throw ServiceError(error)
        }
        let status = TextFile.create(path, bytes)
        guard status == 0 || status == EEXIST else {
            throw ServiceError(
                .configurationInvalid, "\(path) cannot be written: \(Self.message(status))",
                hint: "master_key_file has to lie where the service may write, or be made beforehand: 32 random bytes")
        }
        // Read again: another instance may have been first, and its key is the one that counts.
        guard let key = try read(path) else {
            throw ServiceError(.configurationInvalid, "\(path) vanished while it was read")
        }
        return key
    }

    /// The key at `path`, `nil` where there is no file.
    static func read(_ path: String) throws(ServiceError) -> MasterKey? {
        guard unsafe access(path, F_OK) == 0 else { return nil }
        guard let bytes = TextFile.bytes(path), let key = MasterKey(bytes) else {
            throw ServiceError(
                .configurationInvalid, "\(path) is no master key of \(MasterKey.size) bytes, or cannot be read",
                hint: "restore the file that was in use: nothing secret in the store can be opened without it")
        }
        return key
    }

    static func message(_ error: Int32) -> String {
        unsafe strerror(error).map { unsafe String(cString: $0) } ?? "error \(error)"
    }
}
