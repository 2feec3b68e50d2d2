package import BridgeCore

/// Everything that is wrong with the configuration, found at once.
package struct ConfigurationError: ReasonedError, Equatable {
    /// One wrong setting, line or file.
    package struct Problem: Sendable, Hashable {
        /// Where the value came from: `bridge.conf line 3`, `environment`, `--listen`.
        package let origin: String
        package let detail: String
        package let hint: String?
    }

    package let problems: [Problem]

    package var code: ReasonCode { .configurationInvalid }
    package var detail: String { problems.map { "\($0.origin): \($0.detail)" }.joined(separator: "; ") }
    package var hint: String? { problems.lazy.compactMap(\.hint).first }
}
