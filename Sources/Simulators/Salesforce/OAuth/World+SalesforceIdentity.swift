import BridgeCore
import HTTPMessage

extension World {
    /// `/services/oauth2/userinfo`, and `/id/ORGANIZATION/USER` where `path` names the two.
    ///
    /// - Throws: the refusal, which is a word.
    mutating func salesforceIdentity(
        _ request: SimulatedRequest, of path: (organization: String, user: String)?, at host: SalesforceHost,
        fault: Fault.Effect?, _ context: SalesforceContext
    ) throws(IdentityRefusal) -> HTTPResponse {
        if case .salesforce(.identity(let refusal)) = fault { throw refusal }
        guard let token = request.bearerToken else { throw .missingToken }
        guard let session = salesforce.session(token, now: context.now), session.scope.allowsIdentity,
            let org = population.org(named: session.org), let app = org.app(session.app)
        else { throw .badToken }
        guard host.serves(org) else { throw .wrongOrganization }
        var userID = session.user
        if let path {
            guard let organization = RecordID.normalized(path.organization), let user = RecordID.normalized(path.user)
            else { throw .badID }
            guard organization == org.id else { throw .wrongOrganization }
            userID = user
        }
        guard let user = org.users.user(id: userID) else { throw .badID }
        // Whoever asks for another person sees less, and nobody of this project has to ask.
        guard userID == session.user else { throw .noAccess }
        guard user.isActive, !user.isFrozen else { throw .inactive }
        let document = PersonDocument(
            user: user, org: org, identity: context.identity(userID, of: org, at: host),
            instanceURL: context.origin(.myDomain(org.name)),
            permissions: permissions(of: user, org, app, session.scope, context.now), defect: fault?.personDefect)
        return path == nil ? document.userInfo : document.identityAnswer
    }
}

extension Fault.Effect {
    fileprivate var personDefect: PersonDefect? {
        if case .salesforce(.person(let defect)) = self { defect } else { nil }
    }
}
