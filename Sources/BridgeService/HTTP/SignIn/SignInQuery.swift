internal import AuthService
internal import BridgeCore
internal import Connectors

/// What the query of a request says that begins a sign-in, or is one.
struct SignInQuery: Sendable {
    let license: String
    /// The name of the connection.
    let connection: String
    let redirectTo: String
    private let values: QueryValues

    /// - Throws: 400 for what is unknown, there twice, or empty, and without a license.
    init(_ text: String, known: [QueryParameter]) throws(RequestRefusal) {
        values = try QueryValues(text, known: known)
        guard let license = try values.text("license") else {
            throw RequestRefusal.query("license", "is missing", hint: "name the tenant's license key")
        }
        self.license = license
        connection = try values.text("connection") ?? "default"
        redirectTo = try values.text("redirectTo") ?? SignInSite.standardLanding
    }

    /// Whether it is for a list of organizations; for a login otherwise.
    var isForOrganizations: Bool {
        get throws(RequestRefusal) {
            switch try values.text("purpose") {
            case SignInPurpose.organizations.rawValue: return true
            case nil, SignInPurpose.login.rawValue: return false
            case let other?:
                throw RequestRefusal.query("purpose", "cannot be \(quoted(other))", hint: "login or organizations")
            }
        }
    }

    /// From the answer to the one who asked for organizations.
    var ticket: String? {
        get throws(RequestRefusal) { try values.text("ticket") }
    }

    /// From the page that says who asked for them.
    var confirmation: String? {
        get throws(RequestRefusal) { try values.text("confirmation") }
    }
}

extension SignInSettlement {
    /// A tenant that is there.
    ///
    /// - Throws: for another license, in the words of one that has no connection; `internal`.
    func tenant(_ license: String) async throws -> TenantState {
        guard let tenant = try await logins.directory.state(of: license) else { throw vendor.flow.noConnection }
        return tenant
    }

    /// Where a sign-in is to end.
    func target(_ text: String, of tenant: TenantState) throws(SignInEnd) -> RedirectTarget {
        do throws(ConnectorError) {
            return try RedirectTarget(text, cobrowse: answers.site().cobrowse, listed: tenant.redirectOrigins)
        } catch {
            throw SignInEnd(error, at: .redirect)
        }
    }
}
