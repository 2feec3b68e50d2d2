internal import BridgeCore
internal import COpenSSL

/// An OpenSSL stream over memory, for one scope.
struct MemoryBIO: ~Copyable {
    private let pointer: OpaquePointer  // BIO, owned: freed in deinit

    /// An empty stream to write to.
    init() throws(CryptoError) {
        pointer = try checked(.internal, "BIO_new failed") { BIO_new(BIO_s_mem()) }
    }

    /// A stream that reads `bytes`, which have to stay where they are for as long as it lives.
    init(reading bytes: UnsafeRawBufferPointer) throws(CryptoError) {
        pointer = try checked(.internal, "BIO_new_mem_buf failed") {
            // A NULL base address is refused by OpenSSL, so an empty input reads from an empty literal.
            guard let base = bytes.baseAddress else { return BIO_new(BIO_s_mem()) }
            return BIO_new_mem_buf(base, Int32(clamping: bytes.count))
        }
    }

    deinit {
        BIO_free(pointer)
    }

    /// Lends the stream to C.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(pointer)
    }

    /// A copy of what has been written and not read.
    var contents: [UInt8] {
        var data: UnsafeMutablePointer<CChar>?
        let count = bridge_BIO_get_mem_data(pointer, &data)
        guard let data, count > 0 else { return [] }
        return Array(UnsafeRawBufferPointer(start: data, count: count))
    }
}
