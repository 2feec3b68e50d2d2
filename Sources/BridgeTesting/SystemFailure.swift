internal import Glibc

/// A call of the system that a test relies on and that failed.
package struct SystemFailure: Error, CustomStringConvertible {
    /// The call, or the path that it was made for.
    package let subject: String
    /// The error number (`errno`).
    package let number: Int32

    /// Takes the error number of the call just made.
    init(_ subject: String, number: Int32 = errno) {
        self.subject = subject
        self.number = number
    }

    package var description: String {
        unsafe "\(subject): \(strerror(number).map { unsafe String(cString: $0) } ?? "failed")"
    }
}
