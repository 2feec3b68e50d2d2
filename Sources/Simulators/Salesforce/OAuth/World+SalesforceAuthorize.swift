import BridgeCore
import HTTPMessage

extension World {
    /// `/services/oauth2/authorize`.
    mutating func salesforceAuthorize(
        _ request: SimulatedRequest, at host: SalesforceHost, fault: Fault.Effect?, _ context: SalesforceContext
    ) -> HTTPResponse {
        let signIn: SalesforceSignIn
        do throws(SalesforceOAuthError) {
            if case .salesforce(.page(let error)) = fault { throw error }
            signIn = try SalesforceSignIn(request.salesforceParameters(), at: host, in: population)
        } catch {
            return error.page
        }
        do throws(SalesforceOAuthError) {
            let scope = try signIn.check()
            if case .salesforce(.oauth(let error)) = fault { throw error }
            guard let hint = signIn.hint ?? (signIn.asksWho ? nil : session(at: signIn.org)) else {
                return signIn.page(context)
            }
            guard let user = signIn.org.users.user(hint), user.isActive, !user.isFrozen, !user.isRestricted else {
                return Self.logInFailed
            }
            return try finish(signIn, user, scope, fault: fault, context)
        } catch {
            // The person has no way on from there.
            return error == .approvalFailed ? error.page : signIn.callback(error)
        }
    }

    /// What everybody who cannot log in is told, whatever the reason.
    private static let logInFailed = HTTPResponse.page(
        title: "Salesforce",
        "<p>Please check your username and password. If you still can't log in, contact your Salesforce administrator.</p>"
    )

    private mutating func finish(
        _ signIn: SalesforceSignIn, _ user: OrgUser, _ scope: SalesforceScope, fault: Fault.Effect?,
        _ context: SalesforceContext
    ) throws(SalesforceOAuthError) -> HTTPResponse {
        try AppPolicy(org: signIn.org, app: signIn.app, now: context.now).checkSignIn(of: user)
        if signIn.parameters[SignInRequest.answerParameter] == "cancel" { throw .denied }
        salesforce.approvals.insert("\(signIn.app.consumerKey) \(user.id)")
        let code = "aPrx\(try context.token())=="
        salesforce.codes.insert(
            SalesforceCode(
                host: signIn.host, org: signIn.org.name, app: signIn.app.name, redirectURI: signIn.redirectURI,
                challenge: signIn.parameters["code_challenge"], scope: scope, nonce: signIn.parameters["nonce"],
                user: user.id, expires: context.now.adding(seconds: 900)),
            for: code)
        guard case .callback(let defect) = fault else { return signIn.callback([("code", code)]) }
        switch defect {
        case .noState: return signIn.callback([("code", code)], stateInstead: .some(nil))
        case .otherState: return signIn.callback([("code", code)], stateInstead: "a-state-that-nobody-sent")
        case .noCode: return signIn.callback([])
        case .unknownCode: return signIn.callback([("code", "aPrx\(try context.token())==")])
        }
    }
}

extension SimulatedRequest {
    /// The parameters of a query, or of a form that was posted.
    func salesforceParameters() throws(SalesforceOAuthError) -> Parameters {
        do throws(Parameters.Problem) {
            if method == .post { return try Parameters(String(decoding: body, as: UTF8.self), isForm: true) }
            return try Parameters(query ?? "", isForm: true)
        } catch {
            switch error {
            case .malformed: throw .invalid("the request is malformed")
            case .repeated(let name): throw .invalid("the parameter \(name) occurs more than once")
            }
        }
    }
}
