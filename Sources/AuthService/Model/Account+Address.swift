/// An address that an administrator has taken from a disabled account, so that another one may have it.
extension Account {
    /// Gives the address free; in its place comes one that nobody can have (RFC 2606 §2), and that nobody has proven.
    mutating func releaseAddress() {
        guard let address = Self.placeholder(id) else { return }
        (email, emailProof) = (address, .none)
    }

    /// Whether the address was given free, and the account has got none since.
    var isAddressReleased: Bool { email == Self.placeholder(id) }

    private static func placeholder(_ id: String) -> EmailAddress? { EmailAddress("\(id)@released.invalid") }
}
