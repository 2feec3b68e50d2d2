internal import COpenSSL

/// Comparisons that take as long for a wrong value as for the right one.
public enum ConstantTime {
    /// Whether both are the same bytes (CRYPTO_memcmp); only different lengths, which are no secret, end it early.
    public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in areEqual(left, right) }
        }
    }

    /// The same of memory.
    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
    }
}
