package import BridgeCore
internal import BridgeCrypto

/// Names for stored records that nobody can guess and that a database keeps in the order they were made in.
///
/// A prefix that says what it is, 12 hexadecimal digits of the time in milliseconds, 20 random ones (80 bits). Random
/// alone would touch another page of the index with every record; RFC 9562 §5.7 has the same idea.
package enum RecordID {
    /// A new name, such as `acc_01984c9e2f7b3c6e0d5a4f1b2e8c9d70`.
    ///
    /// - Throws: `internal` when the machine has no randomness.
    package static func make(_ prefix: String, at time: Timestamp) throws(StoreError) -> String {
        do throws(CryptoError) {
            return prefix + Hex.encode(start(time) + (try SecureRandom.bytes(10)))
        } catch {
            throw StoreError(.internal, error.detail)
        }
    }

    /// What no name of that time or later is ordered before.
    package static func first(_ prefix: String, at time: Timestamp) -> String { prefix + Hex.encode(start(time)) }

    private static func start(_ time: Timestamp) -> [UInt8] {
        let milliseconds = UInt64(clamping: time.milliseconds)
        return (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * $0)) }
    }
}
