/// A fixture that a test relies on is not there.
package struct MissingFixture: Error, CustomStringConvertible {
    package let name: String
    package var description: String { "there is no \(name)" }
}

extension Optional where Wrapped: ~Copyable {
    /// The value, or an error that names what is missing.
    package consuming func unwrapped(_ name: String) throws(MissingFixture) -> Wrapped {
        guard let value = self else { throw MissingFixture(name: name) }
        return value
    }
}
