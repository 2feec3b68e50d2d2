internal import Glibc

/// The variables of the process, or those of a test.
struct Environment: Sendable {
    private let lookUp: @Sendable (String) -> String?

    init(_ lookUp: @escaping @Sendable (String) -> String?) {
        self.lookUp = lookUp
    }

    /// What the process was started with.
    static let process = Environment { name in
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    subscript(name: String) -> String? { lookUp(name) }
}
