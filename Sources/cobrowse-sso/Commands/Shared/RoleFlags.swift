internal import BridgeCrypto

extension FlagSpec {
    static let role = option(
        "--role", "R", "role in Cobrowse; null leaves it to the policy",
        kind: .oneOf(["administrator", "agent", "null"]), default: "no role claim, which is agent")
    static let policy = option(
        "--policy", "FILE", "JSON object, the policy claim, version 3", kind: .inputFile)
}

extension ParsedArguments {
    /// The role that a token is to say.
    func roleClaim() throws(CommandFailure) -> RoleClaim {
        let role = value(of: .role).flatMap(RoleClaim.init) ?? .absent
        guard role != .null || has(.policy) else {
            throw .usage("--role null needs a policy", hint: "give --policy FILE, or --role agent")
        }
        return role
    }
}
