internal import BridgeCore

extension EntraErrors {
    /// The AADSTS numbers that people meet (Authentication and authorization error codes, Microsoft Learn).
    static let rows: [Int64: RefusalMeaning] = {
        var rows: [Int64: RefusalMeaning] = [:]
        for (numbers, meaning) in credentials + configuration + consent + people + codes + service {
            for number in numbers { rows[number] = meaning }
        }
        return rows
    }()

    private typealias Rows = [([Int64], RefusalMeaning)]

    /// Tenant, client and secret.
    private static let credentials: Rows = [
        (
            [7_000_215],
            RefusalMeaning(
                .credentialsRejected, "the client secret is wrong",
                fix: "enter the secret's Value, which is shown once, and not its Secret ID", by: .tenantAdministrator)
        ),
        (
            [7_000_222],
            RefusalMeaning(
                .credentialsExpired, "the client secret has expired",
                fix: "make a new secret in the same app registration and rotate it in", by: .tenantAdministrator)
        ),
        (
            [7_000_218],
            RefusalMeaning(
                .credentialsRejected, "the client was sent neither with a secret nor with an assertion",
                fix: "enter the client secret, or the certificate with its key", by: .bridgeOperator)
        ),
        (
            [700_025],
            RefusalMeaning(
                .credentialsRejected, "the app registration is a public client, which must not send a secret",
                fix: "register the redirect URI under the platform Web, and switch public client flows off",
                by: .tenantAdministrator)
        ),
        (
            [700_027],
            RefusalMeaning(
                .credentialsRejected, "the certificate is none of the app registration's",
                fix:
                    "upload the certificate under Certificates & secrets, or send RS256 where it is an old registration",
                by: .tenantAdministrator)
        ),
        (
            [700_016],
            RefusalMeaning(
                .credentialsRejected, "the tenant knows no application of this client id",
                fix: "compare client id and tenant id; an application of another tenant needs consent first",
                by: .tenantAdministrator)
        ),
        (
            [70001, 7_000_112],
            RefusalMeaning(
                .credentialsRejected, "the application is disabled in the tenant, or not there",
                fix: "enable it under Enterprise applications > Properties", by: .tenantAdministrator)
        ),
        (
            [90002, 900_023],
            RefusalMeaning(
                .credentialsRejected, "there is no such tenant in this cloud",
                fix: "copy the Directory (tenant) ID from the app registration's Overview", by: .tenantAdministrator)
        ),
    ]

    /// What the bridge sends, and where the registration does not fit it.
    private static let configuration: Rows = [
        (
            [50059],
            RefusalMeaning(
                .configurationInvalid, "the request named no tenant", fix: "enter the tenant id of the connection",
                by: .bridgeOperator)
        ),
        (
            [50194, 9_001_023],
            RefusalMeaning(
                .configurationInvalid, "the application can be used in its own tenant only",
                fix: "enter the tenant id of the connection, no domain and no common", by: .bridgeOperator)
        ),
        (
            [90038, 900_382, 900_432],
            RefusalMeaning(
                .configurationInvalid, "the tenant lives in another of Microsoft's clouds",
                fix:
                    "use the environment URL and the registration of one cloud, and leave dynamics__authority_url as it is",
                by: .bridgeOperator)
        ),
        (
            [50011, 900_971],
            RefusalMeaning(
                .redirectNotAllowed, "the redirect URI is not registered with the application",
                fix: "add it under Authentication > Web, byte for byte", by: .tenantAdministrator)
        ),
        (
            [500_011, 50001],
            RefusalMeaning(
                .environmentNotFound, "the tenant knows no environment of this URL",
                fix:
                    "copy the environment URL from the browser, up to and including the domain, and compare the tenant id",
                by: .environmentAdministrator)
        ),
        (
            [70011, 700_022],
            RefusalMeaning(
                .configurationInvalid, "the scope is none that Entra takes",
                fix: "check the environment URL: it is what the scope begins with", by: .bridgeOperator)
        ),
        (
            [700_054],
            RefusalMeaning(
                .configurationInvalid, "the app registration does not issue ID tokens this way",
                fix: "register the redirect URI under the platform Web", by: .tenantAdministrator)
        ),
    ]

    /// What an administrator, or the person, has to allow.
    private static let consent: Rows = [
        (
            [650_057],
            RefusalMeaning(
                .consentRequired, "the app registration does not list the permission it asks for",
                fix: "add Dynamics CRM > Delegated > user_impersonation under API permissions, and grant admin consent",
                by: .tenantAdministrator)
        ),
        (
            [650_052, 650_056],
            RefusalMeaning(
                .consentRequired, "the tenant has no service principal of the application or of what it calls",
                fix: "open the consent URL with an administrator's account", by: .tenantAdministrator)
        ),
        (
            [65001, 90094, 90095],
            RefusalMeaning(
                .consentRequired, "admin consent is outstanding",
                fix: "open the consent URL with an administrator's account: cobrowse-sso dynamics consent-url",
                by: .tenantAdministrator)
        ),
        (
            [65004],
            RefusalMeaning(
                .consentDeclined, "the permissions were declined",
                fix: "sign in again and accept, or have an administrator consent for everybody", by: .agent)
        ),
    ]

    /// Who signs in, and what stands in the way.
    private static let people: Rows = [
        (
            [50105],
            RefusalMeaning(
                .signInBlocked, "the user is not assigned to the application",
                fix: "assign the user or a group under Enterprise applications > Users and groups",
                by: .tenantAdministrator)
        ),
        (
            [50020],
            RefusalMeaning(
                .tenantMismatch, "the account belongs to another tenant, and is no guest of this one",
                fix: "sign out of Microsoft and sign in with the work account of the connected tenant", by: .agent)
        ),
        (
            [50034, 51004],
            RefusalMeaning(
                .userUnknown, "the tenant has no such account",
                fix: "sign in with the work account of the connected tenant", by: .agent)
        ),
        (
            [16000],
            RefusalMeaning(
                .signInBlocked, "several accounts are signed in, and none was chosen",
                fix: "choose the work account, or sign out of the others", by: .agent)
        ),
        (
            [53003],
            RefusalMeaning(
                .signInBlocked, "a conditional access policy blocks the sign-in",
                fix: "look at the Conditional Access tab of the entry in Entra's sign-in log", by: .tenantAdministrator)
        ),
        (
            [53000, 53001],
            RefusalMeaning(
                .signInBlocked, "the device is not compliant, or not joined to the domain",
                fix: "sign in from a managed device, or have the policy changed", by: .tenantAdministrator)
        ),
        (
            [530_032, 530_035],
            RefusalMeaning(
                .signInBlocked, "a security policy of the tenant blocks the sign-in",
                fix: "find the policy in Entra's sign-in log", by: .tenantAdministrator)
        ),
        (
            [50074, 50076, 50079],
            RefusalMeaning(
                .signInBlocked, "a second factor is needed", fix: "sign in again and complete the second factor",
                by: .agent)
        ),
        (
            [50058],
            RefusalMeaning(
                .signInBlocked, "nobody is signed in to Entra", fix: "sign in again, and choose the work account",
                by: .agent)
        ),
        (
            [50057],
            RefusalMeaning(
                .userInactive, "the account is disabled in Entra", fix: "enable the user in Entra",
                by: .tenantAdministrator)
        ),
        (
            [50053],
            RefusalMeaning(
                .signInBlocked, "the account is locked after too many attempts",
                fix: "wait some minutes, then sign in again", by: .agent)
        ),
        (
            [50126],
            RefusalMeaning(
                .signInBlocked, "user name or password is wrong", fix: "sign in again, or reset the password",
                by: .agent)
        ),
    ]

    /// Codes, verifiers and refresh tokens.
    private static let codes: Rows = [
        (
            [50173, 70008, 700_082, 70043],
            RefusalMeaning(
                .codeInvalid, "the sign-in has ended: it expired, was revoked, or the password was changed",
                fix: "sign in again", by: .agent)
        ),
        (
            [54005, 70000],
            RefusalMeaning(
                .codeInvalid, "the code of the sign-in was used already, has expired, or is none",
                fix: "start the sign-in again", by: .agent)
        ),
        (
            [501_481, 50147, 501_491],
            RefusalMeaning(
                .codeInvalid, "the code belongs to another sign-in: its PKCE verifier does not fit",
                fix: "start the sign-in again; if it lasts, report it", by: .bridgeOperator)
        ),
        (
            [700_005],
            RefusalMeaning(
                .codeInvalid, "the code is meant for another tenant", fix: "check the tenant id of the connection",
                by: .bridgeOperator)
        ),
    ]

    /// Entra itself.
    private static let service: Rows = [
        (
            [50196],
            RefusalMeaning(
                .upstreamThrottled, "Entra saw the same request too often", fix: "wait a minute, then sign in again",
                by: nil)
        ),
        (
            [90055],
            RefusalMeaning(
                .upstreamThrottled, "Entra throttles the tenant", fix: "wait a minute, then try again", by: nil)
        ),
        (
            [90033, 90006, 90012, 50033],
            RefusalMeaning(
                .upstreamUnavailable, "Entra has a passing fault",
                fix: "try again; if it lasts, look at Microsoft's status page", by: nil)
        ),
    ]
}
