internal import BridgeCore
internal import COpenSSL

/// A BIGNUM for one scope.
struct BigNumber: ~Copyable {
    private let pointer: OpaquePointer  // BIGNUM, owned: freed in deinit

    /// Takes over a number that OpenSSL allocated for the caller.
    init(takingOwnershipOf pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// Reads an unsigned big-endian number.
    init(bigEndian bytes: [UInt8]) throws(CryptoError) {
        pointer = try checked(.internal, "BN_bin2bn failed") {
            BN_bin2bn(bytes, Int32(clamping: bytes.count), nil)
        }
    }

    deinit {
        BN_clear_free(pointer)
    }

    /// Lends the number to C.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(pointer)
    }

    /// The number, unsigned and big-endian without leading zeros.
    var bigEndian: [UInt8] {
        let count = (Int(BN_num_bits(pointer)) + 7) / 8
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = Int(BN_bn2bin(pointer, buffer.baseAddress))
        }
    }
}
