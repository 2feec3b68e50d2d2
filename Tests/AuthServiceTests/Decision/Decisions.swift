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
    /// The policy of a tenant with `rules`.
    static func test(_ rules: [Rule] = Rule.shipped, _ addresses: AddressRules = .none) -> AccessPolicy {
        AccessPolicy(license: .test, rules: RuleSet(rules), addresses: addresses)
    }

    /// Decides about a person of a Salesforce org under `rules`, or with `salesforce` absent about a plain token's.
    static func verdict(
        _ salesforce: SalesforceFacts?, claimed: RoleClaim = .absent, rules: [Rule] = Rule.shipped,
        email: String = "ann@example.com", addresses: AddressRules = .none
    ) -> Verdict {
        let facts = LoginFacts(
            email: email, displayName: nil, claimedRole: claimed,
            origin: salesforce.map { .salesforce($0) } ?? .signer)
        do throws(AccessDenial) {
            return .role(try AccessPolicy.test(rules, addresses).decide(facts, now: now).role)
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
            emailVerified: true, profile: profile.map { Component(name: $0) },
            permissionSets: sets?.map { Component(name: $0) },
            permissionSetGroups: groups?.map { Component(name: $0) },
            customPermissions: permissions?.map { Component(name: $0) })
    }
}

extension License {
    /// A tenant for decisions.
    static var test: License {
        guard let license = License("acme-test") else { preconditionFailure("the license of the tests is one") }
        return license
    }
}
