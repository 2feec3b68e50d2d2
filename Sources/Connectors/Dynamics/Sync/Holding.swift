internal import AuthService

/// Something that rules ask for and that people of an environment have: a security role, or a place in a team.
struct Holding: Sendable, Hashable {
    enum Thing: Sendable, Hashable {
        case role(DynamicsFacts.SecurityRole)
        case team(String)
    }

    let thing: Thing
    /// Whether people have it by what is stored of a team whose members Entra decides about. That lags behind: Entra has
    /// the last word (`RetrieveAadUserRoles`).
    let isOfEntraGroup: Bool
}
