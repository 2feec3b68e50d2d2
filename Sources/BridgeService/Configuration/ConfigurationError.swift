package import BridgeCore

/// Everything that is wrong with the configuration, found at once.
package struct ConfigurationError: ReasonedError, Equatable {
    /// One wrong setting, line or file.
    package struct Problem: Sendable, Hashable {
        /// Where the value came from: `bridge.conf line 3`, `environment`, `--listen`.
        package let origin: String
        package let detail: String
        package let hint: String?

        package init(origin: String, detail: String, hint: String?) {
            self.origin = origin
            self.detail = detail
            self.hint = hint
        }
    }

    package let problems: [Problem]

    package init(problems: [Problem]) {
        self.problems = problems
    }

    package var code: ReasonCode { .configurationInvalid }
    package var detail: String { problems.map { "\($0.origin): \($0.detail)" }.joined(separator: "; ") }
    package var hint: String? { problems.lazy.compactMap(\.hint).first }
}
