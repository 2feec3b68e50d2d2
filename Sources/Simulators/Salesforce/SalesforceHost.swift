/// One of the hosts that speak OAuth for Salesforce: a log-in host of all orgs of a kind, or an org's My Domain.
enum SalesforceHost: Sendable, Hashable {
    case login(isSandbox: Bool)
    case myDomain(String)

    init?(_ site: Site) {
        switch site {
        case .salesforceLogin: self = .login(isSandbox: false)
        case .salesforceTest: self = .login(isSandbox: true)
        case .salesforce(let org): self = .myDomain(org)
        default: return nil
        }
    }

    var site: Site {
        switch self {
        case .login(let isSandbox): isSandbox ? .salesforceTest : .salesforceLogin
        case .myDomain(let org): .salesforce(org)
        }
    }

    /// Whether people of `org` can log in there.
    func serves(_ org: Org) -> Bool {
        switch self {
        case .login(let isSandbox): org.isSandbox == isSandbox
        case .myDomain(let name): org.name == name
        }
    }
}

extension Population {
    /// The connected app with that consumer key, as an org that `host` serves has it.
    ///
    /// - Throws: `invalid_client_id` where it is unknown there, or was made a moment ago.
    func connectedApp(
        _ consumerKey: String?, at host: SalesforceHost
    ) throws(SalesforceOAuthError) -> (org: Org, app: ConnectedApp) {
        guard let consumerKey else { throw .missing("client_id") }
        for org in orgs where host.serves(org) {
            guard let app = org.apps.first(where: { $0.consumerKey == consumerKey }) else { continue }
            guard !app.isJustCreated else { break }
            return (org, app)
        }
        throw .unknownClient
    }
}
