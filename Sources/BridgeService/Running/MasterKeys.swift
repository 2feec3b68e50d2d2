internal import BridgeCore
internal import BridgeCrypto

/// The master key in use, and while it is being exchanged those beside it.
///
/// Whatever one of them sealed can be opened, so that a change of the master key needs no moment at which all
/// processes change together.
struct MasterKeys: Sendable {
    /// Seals what is written.
    let active: MasterKey
    /// The key that an exchange under way is about to bring into use.
    let next: MasterKey?
    private let previous: MasterKey?

    init(_ active: MasterKey, next: MasterKey? = nil, previous: MasterKey? = nil) {
        self.active = active
        self.next = next
        self.previous = previous
    }

    private var all: [MasterKey] { [active, next, previous].compactMap(\.self) }

    /// Decrypts a box, whichever of the keys has sealed it.
    ///
    /// - Throws: `password_wrong` when none of them has.
    func open(_ box: [UInt8], for record: String) throws(CryptoError) -> Secret {
        for key in all.dropLast() {
            do throws(CryptoError) {
                return try key.open(box, for: record)
            } catch {
                guard error.code == .passwordWrong else { throw error }
            }
        }
        return try (all.last ?? active).open(box, for: record)
    }

    /// A box under `target`, which may be one of these keys: what it has sealed already stays as it is.
    ///
    /// - Throws: `password_wrong` when no key opens it.
    func rewrap(_ box: [UInt8], for record: String, under target: MasterKey) throws(CryptoError) -> [UInt8] {
        do throws(CryptoError) {
            _ = try target.open(box, for: record)
            return box
        } catch {
            guard error.code == .passwordWrong else { throw error }
        }
        // Opened before it is wrapped: a damaged box is found now and not when it is needed.
        _ = try open(box, for: record)
        for key in all {
            if let rewrapped = try? key.rewrap(box, for: record, under: target) { return rewrapped }
        }
        return try active.rewrap(box, for: record, under: target)
    }
}
