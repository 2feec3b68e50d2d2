@unsafe @preconcurrency internal import Glibc  // environ(7) is a variable to Swift

/// The variables of the process, or those of a test.
struct Environment: Sendable {
    private let lookUp: @Sendable (String) -> String?
    private let list: @Sendable () -> [String: String]

    /// - Parameter list: all variables there are; none in tests that only look up.
    init(
        listing list: @escaping @Sendable () -> [String: String] = { [:] },
        _ lookUp: @escaping @Sendable (String) -> String?
    ) {
        self.lookUp = lookUp
        self.list = list
    }

    /// What the process was started with.
    static let process = Environment(listing: processVariables) { name in
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    subscript(name: String) -> String? { lookUp(name) }

    /// All variables, for finding names that are almost right.
    var variables: [String: String] { list() }

    /// Reads environ(7), which nothing in this process writes to.
    @Sendable private static func processVariables() -> [String: String] {
        var variables: [String: String] = [:]
        let list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe environ
        guard var entry = unsafe list else { return variables }
        while let text = unsafe entry.pointee {
            let variable = unsafe String(cString: text)
            let parts = variable.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            unsafe entry += 1
        }
        return variables
    }
}
