package import BridgeCore
import Glibc

/// Why the server could not start.
package struct HTTPServerError: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let hint: String?

    init(_ code: ReasonCode, _ detail: String, hint: String? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    /// What libevent's functions that return nothing have failed for.
    static let withoutMemory = HTTPServerError(.internal, "cannot listen: out of memory")

    /// The failure of a system call on the listening address `address`, by its error number.
    static func listening(on address: String, number: CInt) -> HTTPServerError {
        let text = String(cString: strerror(number)).lowercased()
        let hint: String? =
            switch number {
            case EADDRINUSE: "another process listens there; stop it or choose another port"
            case EACCES: "ports below 1024 need CAP_NET_BIND_SERVICE; choose a higher port"
            case EADDRNOTAVAIL: "the address is not one of this machine's; 0.0.0.0 or :: listens on all of them"
            default: nil
            }
        let code: ReasonCode = hint == nil ? .internal : .configurationInvalid
        return HTTPServerError(code, "cannot listen on \(address): \(text)", hint: hint)
    }

    /// Equal when the code is: texts are for people.
    package static func == (left: HTTPServerError, right: HTTPServerError) -> Bool { left.code == right.code }
}
