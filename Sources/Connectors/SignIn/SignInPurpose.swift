/// What somebody signs in for.
package enum SignInPurpose: String, Sendable, Hashable, CaseIterable {
    /// To work in Cobrowse.
    case login
    /// As an administrator, to see which organizations there are to connect.
    case organizations
}
