/// What an access token is for: the identifier of an API, such as the URL of a Dataverse environment.
package struct TokenResource: Sendable, Hashable {
    /// The identifier, byte for byte: one that ends in `/` is another resource than one that does not.
    package let identifier: String

    package init(_ identifier: String) {
        self.identifier = identifier
    }

    /// The scope of everything that was granted beforehand. Behind an identifier that ends in a slash it has two.
    package var defaultScope: String { identifier + "/.default" }

    /// The scope of acting as the person who signs in, of Dataverse and its discovery service.
    package var delegatedScope: String { identifier + "/user_impersonation" }
}
