internal import BridgeCore

/// A password as OpenSSL takes it for PKCS#12: UTF-8, or none at all, which is not the same as an empty one.
enum PKCS12Phrase {
    case none
    case text(Secret)

    /// What a file is tried with when `password` was given: for an empty one both forms are in use.
    static func candidates(_ password: Secret?) -> [PKCS12Phrase] {
        guard let password, !password.isEmpty else { return [.none, .text(Secret([]))] }
        return [.text(password)]
    }

    /// Lends the phrase to C as pointer and length.
    func withPointer<Result, Failure: Error>(
        _ body: (UnsafePointer<CChar>?, Int32) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard case .text(let secret) = self else { return try body(nil, 0) }
        return try secret.withBytes { bytes throws(Failure) in
            try bytes.withUnsafeBufferPointer { buffer throws(Failure) in
                // An empty password still has to have an address: NULL would be none.
                var nothing: CChar = 0
                guard let base = buffer.baseAddress, !buffer.isEmpty else {
                    return try withUnsafePointer(to: &nothing) { empty throws(Failure) in try body(empty, 0) }
                }
                let text = UnsafeRawPointer(base).assumingMemoryBound(to: CChar.self)
                return try body(text, Int32(clamping: buffer.count))
            }
        }
    }
}
