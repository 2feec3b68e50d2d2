import AuthService
import BridgeCore
import Testing

/// Every kind of token, of two tenants, against everything a route may need of either.
@Suite("What an API token may do")
struct PermissionTests {
    private static let licenses = ["own", "other", "OWN", "own.", "own-2"].compactMap { License($0) }

    private static func grant(_ scope: APIScope) throws -> APIGrant {
        try #require(APIGrant(scope, license: scope.needsLicense ? licenses[0] : nil))
    }

    /// What is allowed; everything that is not in here is forbidden.
    private static let allowed: [APIScope: Set<String>] = [
        .mint: ["mint own"],
        .admin: ["administer own"],
        .superuser: [
            "administer own", "administer other", "administer OWN", "administer own.", "administer own-2", "instance",
        ],
    ]

    private static let permissions: [(name: String, permission: Permission)] =
        licenses.map { ("mint \($0)", Permission.mintTokens($0)) }
        + licenses.map { ("administer \($0)", Permission.administer($0)) } + [("instance", .administerInstance)]

    @Test("is what its scope and its tenant say, and nothing else", arguments: APIScope.allCases)
    func table(scope: APIScope) throws {
        #expect(Self.permissions.count == 11)
        let access = Access(try Self.grant(scope), by: .apiToken(id: "tok_1"))
        for (name, permission) in Self.permissions {
            let isAllowed = Self.allowed[scope]?.contains(name) == true
            #expect(access.grant.allows(permission) == isAllowed, "\(scope) \(name)")
            if isAllowed {
                #expect(throws: Never.self) { try access.require(permission) }
            } else {
                #expect(throws: APIRefusal(.forbidden, "")) { try access.require(permission) }
            }
        }
    }

    @Test("never concerns another tenant, where it is bound to one")
    func tenants() throws {
        for scope in APIScope.allCases where scope.needsLicense {
            for own in Self.licenses {
                let grant = try #require(APIGrant(scope, license: own))
                for other in Self.licenses where other != own {
                    #expect(!grant.allows(.mintTokens(other)))
                    #expect(!grant.allows(.administer(other)))
                }
            }
        }
    }

    @Test("is refused in words that are the same for tenants that exist and tenants that do not")
    func words() throws {
        let access = Access(try Self.grant(.admin), by: .apiToken(id: "tok_1"))
        let texts = Self.licenses.dropFirst().map { license in
            #expect(throws: APIRefusal.self) { try access.require(.administer(license)) }.map {
                "\($0.detail)\($0.hint ?? "")"
            }
        }
        #expect(Set(texts).count == 1)
    }

    @Test("has a tenant exactly where the scope needs one")
    func binding() {
        for scope in APIScope.allCases {
            #expect((APIGrant(scope, license: Self.licenses[0]) != nil) == scope.needsLicense)
            #expect((APIGrant(scope, license: nil) == nil) == scope.needsLicense)
            let grant = APIGrant(scope, license: scope.needsLicense ? Self.licenses[0] : nil)
            #expect(grant?.scope == scope)
            #expect(grant?.license == (scope.needsLicense ? Self.licenses[0] : nil))
        }
    }
}
