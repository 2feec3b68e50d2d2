import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import HTTPMessage
import Testing

@testable import BridgeService

@Suite("Who may call the administration", .blocking)
struct AdministrationAccessTests {
    /// Somebody with a token, and the tenants they may do what with.
    private struct Caller {
        let name: String
        let token: String?
        var administers: Set<String> = []
        var mintsFor: Set<String> = []
        var isSuperuser = false
        /// The answer where they may not.
        var refusal = "403 forbidden"
    }

    private static let (own, other, nobodys) = (TokenMaker.license, "second", "nobody")
    private static let everybody: Set<String> = [own, other, nobodys]

    private static func callers(_ test: ServiceUnderTest) async throws -> [Caller] {
        let (ownLicense, otherLicense) = (try License.example(own), try License.example(other))
        let maker = try TokenMaker()
        return [
            Caller(name: "nobody", token: nil, refusal: "401 unauthenticated"),
            Caller(name: "mint", token: try await test.apiToken(.mint(ownLicense)), mintsFor: [own]),
            Caller(name: "mint of another", token: try await test.apiToken(.mint(otherLicense)), mintsFor: [other]),
            Caller(name: "admin", token: try await test.apiToken(.admin(ownLicense)), administers: [own]),
            Caller(
                name: "admin of another", token: try await test.apiToken(.admin(otherLicense)), administers: [other]),
            Caller(
                name: "superuser", token: try await test.apiToken(.superuser), administers: everybody,
                isSuperuser: true),
            Caller(
                name: "administrator",
                token: try maker.token(["sub": #""boss@example.com""#, "role": #""administrator""#]),
                administers: [own]),
            Caller(name: "agent", token: try maker.token(["sub": #""ann@example.com""#])),
        ]
    }

    private static func mayCall(_ caller: Caller, _ spec: OperationSpec, _ license: String) -> Bool {
        switch spec.need {
        case .tenant, .queriedTenant: caller.administers.contains(license)
        case .instance: caller.isSuperuser
        case .mint, .tenantMint: caller.mintsFor.contains(license)
        case .nothing, .agentToken: true
        }
    }

    /// Sends a request that changes nothing, whoever sends it: it has no usable body, and its condition is never met.
    private static func send(
        _ spec: OperationSpec, _ license: String, _ token: String?, from number: Int, to test: ServiceUnderTest
    ) throws -> RawResponse {
        var path = spec.path.text
        for name in spec.path.parameterNames {
            path = path.replacing("{\(name)}", with: name == "license" ? license : "none")
        }
        if spec.need == .queriedTenant { path += "?license=\(license)" }
        let isMint = spec.need == .mint
        return try test.call(
            spec.method.rawValue, path, token: token,
            json: isMint ? #"{"license":"\#(license)","email":"x@elsewhere.example"}"# : nil,
            fields: [
                "If-Match: \"0\"", "X-Request-Id: 1", "X-Forwarded-For: 192.0.\(number / 250).\(number % 250)",
            ])
    }

    @Test("is decided by scope and license alone, at every route, for tenants that are there and that are not")
    func table() async throws {
        let specs = OperationTable.all.operations.map(\.spec)
        #expect(specs.count == 43)
        let instance = ["listTenants", "createTenant", "removeTenant"]
        for spec in specs {
            let need: OperationSpec.Need =
                switch spec.id {
                case "mintToken": .mint
                case "embedURL", "makeEmbed": .tenantMint
                case "consentURL": .queriedTenant
                default: instance.contains(spec.id) ? .instance : .tenant
                }
            #expect(spec.need == need, "\(spec.id)")
            #expect(
                ![.tenant, .tenantMint].contains(need) || spec.path.parameterNames.contains("license"), "\(spec.id)")
        }
        // Refusals count, so every request comes from somewhere else.
        let settings = ["allowed_usernames": ".*@example\\.com", "trusted_proxies": "127.0.0.1"]
        try await ServiceUnderTest.run(settings) { test in
            try await ServiceUnderTest.addTenant(Self.other, to: test.configuration)
            let before = try await Self.state(test)
            var (allowed, refused) = (0, 0)
            for caller in try await Self.callers(test) {
                for spec in specs {
                    var bodies: Set<String> = []
                    for license in [Self.own, Self.other, Self.nobodys] {
                        let answer = try Self.send(spec, license, caller.token, from: allowed + refused, to: test)
                        let comment: Comment = "\(caller.name): \(spec.id) of \(license): \(answer.text)"
                        if Self.mayCall(caller, spec, license) {
                            allowed += 1
                            let isLetIn = spec.need == .mint ? answer.verdict : "\(answer.status)"
                            #expect(isLetIn == "403 email_not_allowed" || ![401, 403].contains(answer.status), comment)
                        } else {
                            refused += 1
                            #expect(answer.verdict == caller.refusal, comment)
                            bodies.insert(answer.text)
                        }
                    }
                    // The same words whether the tenant is there or not.
                    #expect(bodies.count <= 1, "\(caller.name): \(spec.id)")
                }
            }
            #expect(allowed == 237)
            #expect(refused == 795)
            #expect(try await Self.state(test) == before)
        }
    }

    /// What callers could have changed.
    private static func state(_ test: ServiceUnderTest) async throws -> [String] {
        try await ServiceUnderTest.withStore(test.configuration) { store in
            var state: [String] = []
            for tenant in try await store.tenants(after: nil, limit: 10) {
                let keys = try await store.keys(of: tenant.license)
                let document = TenantDocument(tenant).text
                state.append("\(document) \(tenant.version) \(keys.map(\.id))")
            }
            return state
        }
    }

    @Test("is nobody with a token that is unknown, expired, revoked or of another kind")
    func badTokens() async throws {
        try await Administrator.run { admin in
            let test = admin.test
            let expired = try await test.apiToken(.superuser, life: 0)
            let unknown = "cbsso_" + String(repeating: "A", count: 43)
            for (token, verdict) in [
                (expired, "401 unauthenticated"), (unknown, "401 unauthenticated"), ("cbsso_", "401 unauthenticated"),
                ("x", "401 unauthenticated"), ("a.b.c", "401 token_malformed"),
                (try TokenMaker(.other).token(), "401 signature_invalid"),
                (try TokenMaker().token(["iss": #""nobody""#]), "401 issuer_unknown"),
            ] {
                let answer = try test.call("GET", Administrator.root, token: token)
                #expect(answer.verdict == verdict, "\(token)")
                #expect(answer["www-authenticate"]?.hasPrefix("Bearer") == true)
            }
            let two = ["Authorization: Bearer \(admin.token)", "Authorization: Bearer \(admin.token)"]
            #expect(try test.send("GET", Administrator.root, fields: two).verdict == "400 configuration_invalid")
            let basic = ["Authorization: Basic YTpi"]
            #expect(try test.send("GET", Administrator.root, fields: basic).verdict == "401 unauthenticated")
            #expect(try admin.get("").status == 200)
        }
    }

    @Test("is an administrator until the account is disabled")
    func disabledAdministrator() async throws {
        try await Administrator.run { admin in
            let maker = try TokenMaker()
            let boss = try maker.token(["sub": #""boss@example.com""#, "role": #""administrator""#])
            let second = try maker.token(["sub": #""vice@example.com""#, "role": #""administrator""#])
            for token in [boss, second] { #expect(try admin.test.verify(token).status == 200) }
            let accounts = try admin.get("/accounts?email=boss@example.com").json["items"]?.arrayValue
            let path = "\(Administrator.root)/accounts/\(accounts?.first?["id"]?.stringValue ?? "")"
            #expect(try admin.test.call("GET", path, token: boss).status == 200)
            let disabled = try admin.test.call("PATCH", path, token: second, json: #"{"status":"disabled"}"#)
            #expect(disabled.status == 200)
            let refused = try admin.test.call("GET", path, token: boss)
            #expect(["401 token_revoked", "403 account_disabled"].contains(refused.verdict))
            #expect(refused["x-decision-id"]?.hasPrefix("dec_") == true)
        }
    }
}
