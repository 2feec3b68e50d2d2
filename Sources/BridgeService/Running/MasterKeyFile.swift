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
    static func open(_ path: String, isInUse: Bool) throws(ServiceError) -> MasterKey {
        if let key = try read(path) { return key }
        guard !isInUse else {
            throw ServiceError(
                .configurationInvalid, "\(path) is missing, and the store holds keys sealed with it",
                hint: "set master_key_file to the file that was in use, or restore it from the backup")
        }
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
            throw ServiceError(.configurationInvalid, "\(path) vanished while the service started")
        }
        return key
    }

    /// Reads the key at `path`; `nil` where there is no file.
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
