/// A fixture that a test relies on is not there.
package struct MissingFixture: Error, CustomStringConvertible {
    private let name: String

    /// - Parameter name: what is missing, for the message.
    package init(name: String) {
        self.name = name
    }

    package var description: String { "there is no \(name)" }
}

extension Optional where Wrapped: ~Copyable {
    /// The value, or an error that names what is missing.
    package consuming func unwrapped(_ name: String) throws(MissingFixture) -> Wrapped {
        guard let value = self else { throw MissingFixture(name: name) }
        return value
    }
}
