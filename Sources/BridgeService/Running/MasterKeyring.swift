internal import AuthService
package import BridgeCore
package import BridgeCrypto
internal import Synchronization

/// The master keys of an installation as a process knows them: seals, and opens whatever another process has sealed.
package final class MasterKeyring: SecretVault {
    private let path: String
    private let isInUse: Bool
    /// `nil` until they are needed: who only looks makes no file.
    private let keys = Mutex<MasterKeys?>(nil)

    /// - Parameters:
    ///   - masterKeyFile: where the master key is, and where it is made when it is needed and there is none.
    ///   - isInUse: whether the store holds anything sealed: then none is made.
    package init(masterKeyFile: String, isInUse: Bool) {
        path = masterKeyFile
        self.isInUse = isInUse
    }

    /// Reads the master key, and makes one where there is none.
    ///
    /// - Throws: `configuration_invalid`, with the name of the file.
    package func prepare() throws(ServiceError) { _ = try read(isInUse: isInUse) }

    /// Whether an exchange of the master key was begun and not finished.
    var isChanging: Bool { keys.withLock { $0?.next != nil } }

    /// Seals with the key of the moment, which another process may have exchanged.
    package func seal(_ secret: Secret, for record: String) throws(CryptoError) -> [UInt8] {
        let isKnown = keys.withLock { $0 != nil }
        return try readOrFail(isInUse: isInUse || isKnown).active.seal(secret, for: record)
    }

    package func open(_ box: [UInt8], for record: String) throws(CryptoError) -> Secret {
        let known = if let known = keys.withLock(\.self) { known } else { try readOrFail(isInUse: true) }
        do throws(CryptoError) {
            return try known.open(box, for: record)
        } catch {
            // The master key may have been exchanged since it was read.
            guard error.code == .passwordWrong else { throw error }
            return try readOrFail(isInUse: true).open(box, for: record)
        }
    }

    private func read(isInUse: Bool) throws(ServiceError) -> MasterKeys {
        let fresh = try MasterKeyFile.open(path, isInUse: isInUse)
        keys.withLock { $0 = fresh }
        return fresh
    }

    private func readOrFail(isInUse: Bool) throws(CryptoError) -> MasterKeys {
        do throws(ServiceError) {
            return try read(isInUse: isInUse)
        } catch {
            throw CryptoError(error.code, error.detail, hint: error.hint)
        }
    }
}
