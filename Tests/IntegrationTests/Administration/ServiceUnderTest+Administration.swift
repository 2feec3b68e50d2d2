import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import HTTPMessage
import Testing

extension ServiceUnderTest {
    /// Makes an API token, as the command line does: a process of its own.
    func apiToken(_ grant: APIGrant, life: Int64 = 3_600) async throws -> String {
        try await Self.withStore(configuration) { store in
            let minted = try MintedAPIToken(grant, life: life, now: TokenMaker.now)
            try await store.insert(minted.token, audit: AuditStamp(Actor("cli:test"), at: TokenMaker.now))
            return minted.text.withBytes { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
        }
    }

    /// Sends a request of the administration.
    ///
    /// - Parameters:
    ///   - json: the body; its content type is said.
    ///   - fields: sent besides.
    func call(
        _ method: String, _ path: String, token: String?, json: String? = nil, fields: [String] = []
    ) throws -> RawResponse {
        var all = fields
        if let token { all.append("Authorization: Bearer \(token)") }
        if json != nil { all.append("Content-Type: application/json") }
        return try send(method, path, fields: all, body: json)
    }
}

/// The administration of the tenant `acme-test`, as its administrator calls it.
struct Administrator {
    let test: ServiceUnderTest
    let token: String
    static let root = "/api/1/tenants/\(TokenMaker.license)"

    /// Runs `body` with a service and an API token of the scope admin.
    static func run(
        _ settings: [String: String] = [:], sender: (any HTTPSender)? = nil,
        _ body: (Administrator) async throws -> Void
    ) async throws {
        try await ServiceUnderTest.run(settings, sender: sender) { test in
            let grant = APIGrant.admin(try .example(TokenMaker.license))
            let token = try await test.apiToken(grant)
            // Begun anew, or the token would be a change from outside that the service may notice at any moment.
            try await test.restart()
            try await body(Administrator(test: test, token: token))
        }
    }

    /// Sends a request; `path` follows the tenant's.
    func call(_ method: String, _ path: String, json: String? = nil, fields: [String] = []) throws -> RawResponse {
        try test.call(method, Self.root + path, token: token, json: json, fields: fields)
    }

    func get(_ path: String) throws -> RawResponse { try call("GET", path) }

    /// The newest entry of the audit trail.
    func lastEntry() throws -> JSONValue {
        try #require(try get("/audit?limit=1").json["items"]?.arrayValue?.first)
    }
}
