import AuthService
import BridgeCore
import BridgeCrypto

/// The time of all decisions here.
let now = Timestamp(seconds: 1_800_000_000)

/// What a decision came to, short enough for a table: a role or a code.
enum Verdict: Equatable, Sendable, CustomStringConvertible {
    case role(Role)
    case refused(ReasonCode)

    var description: String {
        switch self {
        case .role(let role): role.rawValue
        case .refused(let code): code.rawValue
        }
    }
}

extension AccessPolicy {
    /// Decides about a person of a Salesforce org under `rules`, or with `salesforce` absent about a plain token's.
    static func verdict(
        _ salesforce: SalesforceFacts?, claimed: RoleClaim = .absent, rules: [Rule] = Rule.shipped,
        email: String = "ann@example.com", addresses: AddressRules = .none
    ) -> Verdict {
        let facts = LoginFacts(email: email, displayName: nil, claimedRole: claimed, salesforce: salesforce)
        do throws(AccessDenial) {
            return .role(try AccessPolicy(rules: RuleSet(rules), addresses: addresses).decide(facts, now: now).role)
        } catch {
            return .refused(error.code)
        }
    }
}

extension SalesforceFacts {
    /// A verified, active person with what is given; what is not is not known.
    static func person(
        sets: [String]? = nil, groups: [String]? = nil, permissions: [String]? = nil, profile: String? = nil
    ) -> SalesforceFacts {
        SalesforceFacts(
            emailVerified: true, profile: profile,
            permissionSets: sets?.map { PermissionSet(names: [$0], isActive: true, expiresAt: nil) },
            permissionSetGroups: groups, customPermissions: permissions)
    }
}
