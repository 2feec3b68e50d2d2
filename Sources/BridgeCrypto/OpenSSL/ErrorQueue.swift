internal import BridgeCore
internal import COpenSSL

/// OpenSSL's queue of errors, one a thread: cleared before a call, drained after one that failed.
enum ErrorQueue {
    static func clear() {
        ERR_clear_error()
    }

    /// Takes all entries, oldest first, as OpenSSL words them.
    static func drain() -> [String] {
        var messages: [String] = []
        while case let error = ERR_get_error(), error != 0 {
            messages.append(text(of: error))
        }
        return messages
    }

    private static func text(of error: UInt) -> String {
        let buffer = [CChar](unsafeUninitializedCapacity: 256) { buffer, count in
            ERR_error_string_n(error, buffer.baseAddress, buffer.count)
            count = buffer.count
        }
        return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
}

/// Calls into OpenSSL with a clean queue; a `nil` result becomes the given error with the queue's messages.
func checked<Handle>(
    _ code: ReasonCode, _ detail: @autoclosure () -> String, hint: @autoclosure () -> String? = nil,
    _ call: () -> Handle?
) throws(CryptoError) -> Handle {
    ErrorQueue.clear()
    guard let handle = call() else {
        throw CryptoError(code, detail(), hint: hint(), underlying: ErrorQueue.drain())
    }
    return handle
}

/// Calls a function of OpenSSL that returns 1 for success; anything else is `internal`.
func checkedStatus(_ function: StaticString, _ call: () -> Int32) throws(CryptoError) {
    ErrorQueue.clear()
    guard call() == 1 else {
        throw CryptoError(.internal, "\(function) failed", underlying: ErrorQueue.drain())
    }
}
