internal import AuthService
internal import BridgeCore
internal import Connectors

/// A kind of system that people sign in through with a browser, and that knows their roles.
protocol SignInVendor: Sendable {
    /// What its sign-ins have in common with those of others.
    var flow: CodeFlow { get }
    /// The path of the request that sign-ins begin with.
    var beginPath: StaticString { get }

    /// Sends a browser to the identity provider.
    func begin(_ beginning: SignInBeginning) async throws(SignInEnd) -> SignInStart

    /// Finds out who has come back with a browser, and what the CRM says of them.
    func finish(_ request: BrowserRequest, at now: Timestamp) async -> SignInOutcome

    /// Whose pages show this system's users the bridge in a frame.
    func frameOrigins(of license: License) async -> [WebOrigin]
}

/// A sign-in that is about to begin.
struct SignInBeginning: Sendable {
    let license: License
    /// The name of the connection.
    let connection: String
    let redirectTo: RedirectTarget
    let cookie: SignInCookie?
    /// Whose share of the sign-ins under way it takes.
    let address: String
}

/// Why a sign-in went no further, and at which step.
struct SignInEnd: Error {
    let error: ConnectorError
    let step: Check.Name

    init(_ error: ConnectorError, at step: Check.Name) {
        self.error = error
        self.step = step
    }

    /// Whether it says something about the sign-in that is worth keeping: not what the bridge itself could not do.
    var isDecision: Bool {
        switch error.code {
        case .internal, .rateLimited, .configurationInvalid: false
        default: true
        }
    }
}

/// What became of a sign-in that came back.
enum SignInOutcome: Sendable {
    /// Nothing is known of it: it was begun elsewhere, has ended, or was never begun.
    case unknown(ConnectorError)
    /// It was one of ours, and this is what it led to.
    case ended(LiveLogin, TenantState, PendingSignIn)
    /// An administrator's who wants to see organizations: whoever asked for it is known.
    case organizations(SignedIn<EntraPerson>, caller: String)
    /// The same where nobody is known to have asked; what the sign-in led to tells whether it is an administrator's.
    case ownOrganizations(SignedIn<EntraPerson>, LiveLogin, TenantState)
}
