internal import BridgeCrypto

/// The tokens that are sent, signed before anything is measured.
struct TokenFiles {
    /// One token.
    let one: String
    /// 1,000 tokens of 1,000 accounts.
    let known: String
    /// 40,000 tokens of as many accounts.
    let new: String

    static let knownCount = 1_000
    static let newCount = 40_000

    init(_ directory: TemporaryDirectory, _ tenant: TestTenant) throws {
        let tokens = try Self.sign(Self.newCount, tenant)
        one = try directory.write(tokens[0] + "\n", to: "one-token")
        known = try directory.write(tokens.prefix(Self.knownCount).joined(separator: "\n") + "\n", to: "known")
        new = try directory.write(tokens.joined(separator: "\n") + "\n", to: "new")
    }

    /// Signs on all cores there are.
    private static func sign(_ count: Int, _ tenant: TestTenant) throws -> [String] {
        let cores = Cores.allowed
        let threads = try cores.enumerated().map { index, core in
            try PinnedThread.start(on: core) {
                let signer = try TokenSigner(tenant.key)
                return try stride(from: index, to: count, by: cores.count).map { number in
                    try tenant.token(signer, tenant.claims(TestTenant.email(number)))
                }
            }
        }
        return try threads.flatMap { try $0.join() }
    }
}
