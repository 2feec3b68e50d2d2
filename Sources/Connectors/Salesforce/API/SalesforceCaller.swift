/// As whom an org is asked: it decides what a refusal means.
package enum SalesforceCaller: Sendable, Hashable {
    /// As the connection's integration user.
    case integrationUser
    /// As the person who signs in.
    case person
}
