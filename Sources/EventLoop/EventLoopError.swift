package import BridgeCore
import Glibc

/// What an event loop could not set up: the system was short of descriptors, memory or threads.
package struct EventLoopError: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let hint: String?

    package init(_ detail: String, hint: String? = nil) {
        self.code = .internal
        self.detail = detail
        self.hint = hint
    }

    /// The failure of the system call `name` with the error number `number`.
    init(system name: String, number: CInt = errno) {
        self.init("\(name): \(String(cString: strerror(number)).lowercased())")
    }

    /// Equal when the code is: texts are for people.
    package static func == (left: EventLoopError, right: EventLoopError) -> Bool { left.code == right.code }
}
