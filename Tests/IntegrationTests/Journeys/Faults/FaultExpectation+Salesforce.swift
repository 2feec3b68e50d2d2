extension FaultExpectation {
    /// What Salesforce's faults lead to, as issue and `Docs/Salesforce` promise it.
    static let salesforce = orgKeys + orgBrowser + orgTokens + orgIDTokens + grants + people + reading + probing

    /// The scenes in which a role is decided by what the integration user reads.
    private static let decidesRoles: Set<FaultScene> = [
        .frozen, .assignments, .members, .setupAccess, .permissionNames,
    ]
    /// Those that test a connection by what the integration user may read.
    private static let probes: Set<FaultScene> = [.organization, .permissionSets, .emails]
    /// Those that test how the integration user gets a session.
    private static let ownGrants: Set<FaultScene> = [.assertion, .clientCredentials]
    private static let asksWhoItIs: Set<FaultScene> = [.userInfo, .canvas]

    private static let orgKeys = [
        Rule(scenes: [.orgNextDay], words: transport.union(["throttled"]), outcome: "in"),
        Rule(scenes: [.orgFirstSignIn, .login], words: ["throttled"], outcome: "upstream_throttled"),
        Rule(scenes: [.orgFirstSignIn, .login], words: transport, outcome: "upstream_unavailable"),
    ]

    private static let orgBrowser = [
        Rule(scenes: [.orgAuthorize], words: ["slow"], outcome: "in"),
        Rule(
            scenes: [.orgAuthorize],
            words: transport.union([
                "throttled", "approval-failed", "page.approval-failed", "page.unknown-client", "page.redirect-uri",
            ]), outcome: "away"),
        Rule(scenes: [.orgAuthorize], words: ["no-state", "other-state"], outcome: "state_invalid"),
        Rule(scenes: [.orgAuthorize], words: ["no-code", "unknown-code", "pkce-missing"], outcome: "code_invalid"),
        Rule(scenes: [.orgAuthorize], words: ["access-denied"], outcome: "consent_declined"),
        Rule(scenes: [.orgAuthorize], words: ["invalid-scope"], outcome: "configuration_invalid"),
        Rule(scenes: [.orgAuthorize], words: ["error-server", "error-temporary"], outcome: "upstream_unavailable"),
    ]

    /// What every flow is refused with for the same reason.
    private static let grants = [
        Rule(
            scenes: ownGrants.union([.orgRedeem, .orgAuthorize]),
            words: ["not-approved", "not-admin-approved", "app-blocked", "approval-failed"],
            outcome: "consent_required"),
        Rule(
            scenes: ownGrants.union([.orgRedeem, .orgAuthorize]), words: ["inactive-user", "inactive-user-as-grant"],
            outcome: "user_inactive"),
        Rule(scenes: ownGrants.union([.orgRedeem]), words: ["ip-restricted"], outcome: "sign_in_blocked"),
        Rule(
            scenes: ownGrants.union([.orgRedeem]), words: ["unknown-client", "bad-client"],
            outcome: "credentials_rejected"),
        Rule(scenes: ownGrants.union([.orgRedeem]), words: ["grant-type"], outcome: "configuration_invalid"),
        Rule(
            scenes: ownGrants.union([.orgRedeem]), words: ["throttled", "login-rate"], outcome: "upstream_throttled"),
        Rule(
            scenes: ownGrants.union([.orgRedeem]),
            words: transport.union(["unknown-error", "no-access-token", "other-token-type"]).union(misled),
            outcome: "upstream_unavailable"),
        // Whatever keeps the integration user out is no sign that somebody has no role.
        Rule(scenes: [.canvasSession], words: [], outcome: "roles_unavailable"),
    ]
    /// Answers by which a token would go to a stranger, or nowhere.
    private static let misled: Set = [
        "no-instance-url", "instance-url-elsewhere", "instance-url-http", "no-id", "id-elsewhere",
    ]

    private static let orgTokens = [
        Rule(
            scenes: [.orgRedeem],
            words: ["expired-code", "expired-token", "invalid-code", "code-verifier", "code-verifier-missing"],
            outcome: "code_invalid"),
        Rule(scenes: [.orgRedeem], words: ["redirect-uri"], outcome: "configuration_invalid"),
        // What is signed is `id` with the time: another one, or none, is not what Salesforce has signed.
        Rule(
            scenes: [.orgRedeem], words: ["id-of-other-organization", "id-elsewhere", "no-id"],
            outcome: "signature_invalid"),
        Rule(
            scenes: ownGrants, words: ["expired-code", "expired-token", "invalid-assertion"],
            outcome: "credentials_rejected"),
        Rule(scenes: [.clientCredentials], words: ["no-run-as-user"], outcome: "configuration_invalid"),
        // By a key nobody runs as anybody: it is a refusal like any other.
        Rule(scenes: [.assertion], words: ["no-run-as-user"], outcome: "credentials_rejected"),
        Rule(scenes: ownGrants, words: ["audience", "wrong-domain"], outcome: "configuration_invalid"),
        Rule(scenes: ownGrants, words: ["id-of-other-organization"], outcome: "organization_mismatch"),
    ]

    private static let orgIDTokens = [
        Rule(scenes: [.orgRedeem], words: ["no-at-hash"], outcome: "in"),
        Rule(scenes: [.orgRedeem], words: ["missing", "no-nonce", "no-sub"], outcome: "claim_missing"),
        Rule(scenes: [.orgRedeem], words: ["malformed"], outcome: "token_malformed"),
        Rule(scenes: [.orgRedeem], words: ["alg-none", "alg-hs256"], outcome: "algorithm_not_allowed"),
        Rule(scenes: [.orgRedeem], words: ["crit"], outcome: "critical_header_unsupported"),
        Rule(scenes: [.orgRedeem], words: ["wrong-signature"], outcome: "signature_invalid"),
        Rule(scenes: [.orgRedeem], words: ["unknown-key"], outcome: "key_unknown"),
        Rule(scenes: [.orgRedeem], words: ["wrong-issuer", "issuer-of-other-host"], outcome: "issuer_unknown"),
        Rule(scenes: [.orgRedeem], words: ["wrong-audience"], outcome: "audience_mismatch"),
        Rule(scenes: [.orgRedeem], words: ["wrong-nonce"], outcome: "state_invalid"),
        Rule(scenes: [.orgRedeem], words: ["expired"], outcome: "token_expired"),
        Rule(scenes: [.orgRedeem], words: ["issued-in-future"], outcome: "token_not_yet_valid"),
        Rule(
            scenes: [.orgRedeem], words: ["wrong-at-hash", "other-organization", "other-user", "sub-elsewhere"],
            outcome: "claim_invalid"),
    ]

    /// UserInfo, which is asked who somebody is with a token of theirs.
    private static let people = [
        Rule(scenes: [.identity], words: [], outcome: "in"),
        Rule(scenes: asksWhoItIs, words: ["throttled"], outcome: "upstream_throttled"),
        Rule(scenes: asksWhoItIs, words: ["redirect"], outcome: "environment_not_found"),
        Rule(scenes: asksWhoItIs, words: transport.union(["no-user-id"]), outcome: "upstream_unavailable"),
        Rule(
            scenes: asksWhoItIs, words: ["Missing_OAuth_Token", "Bad_OAuth_Token"], outcome: "code_invalid"),
        Rule(scenes: asksWhoItIs, words: ["Wrong_Org", "other-organization"], outcome: "organization_mismatch"),
        Rule(scenes: asksWhoItIs, words: ["Bad_Id"], outcome: "user_unknown"),
        Rule(scenes: asksWhoItIs, words: ["No_Access"], outcome: "sign_in_blocked"),
        Rule(
            scenes: asksWhoItIs, words: ["Inactive", "active-false", "no-active", "active-as-text"],
            outcome: "user_inactive"),
        Rule(
            scenes: asksWhoItIs, words: ["email-verified-false", "no-email-verified", "email-verified-as-text"],
            outcome: "email_unverified"),
        Rule(scenes: asksWhoItIs, words: ["no-email"], outcome: "email_missing"),
        Rule(scenes: asksWhoItIs, words: ["user-type-partner", "no-user-type"], outcome: "not_a_person"),
        Rule(scenes: asksWhoItIs, words: ["other-user"], outcome: "claim_invalid"),
    ]

    /// What an org answers to whoever may not see something.
    private static let hidden: Set = ["INVALID_TYPE", "INVALID_FIELD", "INSUFFICIENT_ACCESS", "no-rows"]

    /// The API in a sign-in: what is not known of somebody's roles is none of "no roles".
    private static let reading = [
        // Not everybody may see who is frozen, and a frozen user has no session.
        Rule(scenes: [.frozen], words: hidden, outcome: "in"),
        // One's own token shows what one has oneself: it may be nothing.
        Rule(scenes: [.ownToken], words: ["no-rows"], outcome: "role_missing"),
        // UserInfo says it, too.
        Rule(scenes: [.ownToken], words: [], outcome: "in"),
        Rule(scenes: decidesRoles, words: [], outcome: "roles_unavailable"),
    ]

    /// The API in the test of a connection.
    private static let probing = [
        Rule(scenes: probes, words: hidden.union(["API_DISABLED_FOR_ORG"]), outcome: "security_role_missing"),
        Rule(scenes: probes, words: ["throttled", "REQUEST_LIMIT_EXCEEDED"], outcome: "upstream_throttled"),
        Rule(scenes: probes, words: ["INVALID_SESSION_ID"], outcome: "credentials_rejected"),
        Rule(scenes: probes, words: ["redirect", "NOT_FOUND"], outcome: "environment_not_found"),
        Rule(scenes: probes, words: [], outcome: "upstream_unavailable"),
    ]
}
