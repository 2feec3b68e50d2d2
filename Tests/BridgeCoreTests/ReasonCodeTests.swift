import BridgeCore
import Testing

@Suite("The reason codes")
struct ReasonCodeTests {
    /// The closed list of the public surface, typed here so that a change is seen in two places.
    static let groups: [(ReasonCode.Category, String)] = [
        (
            .token,
            """
            token_malformed token_too_large algorithm_not_allowed critical_header_unsupported key_unknown key_retired
            signature_invalid token_expired token_not_yet_valid token_lifetime_exceeded claim_missing claim_invalid
            audience_mismatch issuer_unknown token_revoked
            """
        ),
        (
            .person,
            """
            email_missing email_unverified email_not_allowed user_unknown user_inactive not_a_person sign_in_blocked
            organization_mismatch tenant_mismatch role_missing roles_unavailable account_disabled account_link_conflict
            """
        ),
        (
            .connection,
            """
            connection_missing connection_unvalidated consent_required consent_declined credentials_rejected
            credentials_expired application_user_missing security_role_missing environment_not_found
            upstream_unavailable upstream_throttled state_invalid code_invalid redirect_not_allowed
            """
        ),
        (
            .input,
            """
            certificate_malformed certificate_expired key_too_small key_not_rsa private_key_given password_wrong
            keystore_unsupported configuration_invalid not_found conflict rate_limited unauthenticated forbidden
            internal
            """
        ),
    ]

    @Test("are the closed list, in its order and its groups")
    func list() {
        let listed = Self.groups.flatMap { category, names in
            names.split(whereSeparator: \.isWhitespace).map { (String($0), category) }
        }
        #expect(listed.count == 56)
        #expect(ReasonCode.allCases.map(\.rawValue) == listed.map(\.0))
        #expect(ReasonCode.allCases.map(\.category) == listed.map(\.1))
    }

    @Test("have titles of their own, as sentences")
    func titles() {
        let titles = ReasonCode.allCases.map(\.title)
        #expect(Set(titles).count == titles.count)
        for title in titles {
            #expect(title.first?.isUppercase == true)
            #expect(!title.contains("_"))
            #expect(!title.hasSuffix("."))
        }
        #expect(ReasonCode.tokenExpired.title == "Token expired")
        #expect(ReasonCode.keyNotRSA.title == "The key is not an RSA key")
    }
}
