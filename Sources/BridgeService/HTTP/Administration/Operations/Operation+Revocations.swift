internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension Operation {
    private static let path = PathTemplate("/api/1/tenants/{license}/revocations")

    /// Tokens that are taken back before they expire.
    static let revocations = [
        Operation(
            spec: OperationSpec(
                id: "listRevocations", method: .get, path: path, summary: "List what is revoked", need: .tenant,
                query: QueryParameter.paging,
                answers: [.list("Revocations in order of their kind and value", "Revocation")],
                problems: [.init(.notFound)])
        ) { call in
            let limit = try call.query.limit()
            let last = try call.position("listRevocations").map(name)
            let license = try await call.knownLicense()
            let revocations = try await call.store.revocations(of: license, after: last, limit: limit + 1)
            return ListPage("listRevocations", revocations, limit: limit) { "\($0.kind.rawValue) \($0.value)" }
                .answer { $1.revocation($0) }
        },
        Operation(
            spec: OperationSpec(
                id: "revoke", method: .post, path: path,
                summary: "Revoke the tokens of an account, an address or a key, or one token, from before a time",
                need: .tenant, body: .json(.named("RevocationRequest")),
                answers: [.made("What is revoked now", .named("Revocation"))],
                problems: [.init(.configurationInvalid), .init(.conflict), .init(.notFound)])
        ) { call in
            let revocation = try Revocation(call.content.value, now: call.now)
            let license = try await call.knownLicense()
            let stored = try await call.store.revoke(revocation, of: license, audit: call.stamp)
            call.directory.add(stored, of: license)
            return .json(.created) { $0.revocation(stored) }
        },
    ]

    private static func name(_ position: String) throws(RequestRefusal) -> Revocation.Name {
        let parts = position.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let kind = Revocation.Kind(rawValue: String(parts[0])) else {
            throw ListCursor.malformed
        }
        return Revocation.Name(kind, String(parts[1]))
    }
}
