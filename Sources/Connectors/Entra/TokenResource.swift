/// What an access token is for: the identifier of an API, such as the URL of a Dataverse environment.
package struct TokenResource: Sendable, Hashable {
    /// The identifier, byte for byte: one that ends in `/` is another resource than one that does not.
    package let identifier: String

    package init(_ identifier: String) {
        self.identifier = identifier
    }

    /// The scope of everything granted beforehand; the slash is doubled behind an identifier that ends in one.
    package var defaultScope: String { identifier + "/.default" }
}
