import BridgeCore
import HTTPMessage

extension World {
    /// `/{tenant}/oauth2/v2.0/authorize`.
    mutating func authorize(
        _ request: SimulatedRequest, at path: AuthorityPath, fault: Fault.Effect?, _ context: EntraContext
    ) -> HTTPResponse {
        let signIn: SignInRequest
        do throws(EntraError) {
            signIn = try SignInRequest(request.signInParameters(), at: path, in: population)
        } catch {
            return error.page(context.trace)
        }
        do throws(EntraError) {
            let scope = try signIn.check()
            if case .entra(let number) = fault, let error = EntraError(number, at: .callback) { throw error }
            guard let hint = signIn.hint ?? (signIn.asksWho ? nil : sessionAtEntra) else {
                return try SignInPage.answer(signIn, population, context)
            }
            let identity: SignedInPerson
            do throws(EntraError) {
                identity = try population.identity(hint, at: path, of: signIn.client)
            } catch {
                // The person has no way on from there; a silent sign-in comes back all the same.
                guard signIn.parameters["prompt"] == "none" else { return error.page(context.trace) }
                throw error
            }
            return try finish(signIn, identity, scope, fault: fault, context)
        } catch {
            return signIn.callback(error, context)
        }
    }

    private mutating func finish(
        _ signIn: SignInRequest, _ identity: SignedInPerson, _ scope: ScopeRequest, fault: Fault.Effect?,
        _ context: EntraContext
    ) throws(EntraError) -> HTTPResponse {
        try checkAccess(of: identity, to: signIn.client, scope, context)
        if signIn.parameters[SignInRequest.answerParameter] == "cancel" {
            throw EntraError(65_004, "access_denied", "User declined to consent to access the app.")
        }
        let code = try context.make(.code)
        entra.codes.insert(
            AuthorizationCode(
                client: signIn.client.id, path: signIn.path, redirectURI: signIn.redirectURI,
                challenge: signIn.parameters["code_challenge"] ?? "", scope: scope,
                nonce: signIn.parameters["nonce"], identity: identity, expires: context.now.adding(seconds: 600)),
            for: code.key)
        let answer = [("code", code.text), ("session_state", context.trace.traceID.value)]
        guard case .callback(let defect) = fault else { return signIn.callback(answer) }
        switch defect {
        case .noState: return signIn.callback(answer, stateInstead: .some(nil))
        case .otherState: return signIn.callback(answer, stateInstead: "a-state-that-nobody-sent")
        case .noCode: return signIn.callback([])
        case .unknownCode: return signIn.callback([("code", try context.make(.code).text)])
        }
    }

    /// What is asked once it is known who signs in.
    ///
    /// - Throws: AADSTS500011, 65001, 50105.
    func checkAccess(
        of identity: SignedInPerson, to client: Client, _ scope: ScopeRequest, _ context: EntraContext
    ) throws(EntraError) {
        let directory = ResourceDirectory(population: population, sites: context.sites)
        for resource in scope.resources { try directory.check(resource, in: identity.tenant) }
        let isPersonal = identity.tenant.name == Tenant.personal.name
        guard isPersonal || client.consents.contains(identity.tenant.name) else {
            throw EntraError(
                65_001, "consent_required",
                "The user or administrator has not consented to use the application with ID '\(client.id)' named "
                    + "'\(client.name)'. Send an interactive authorization request for this user and resource.")
        }
        if client.requiresAssignment, !identity.person.isAssigned {
            throw EntraError(
                50_105, "access_denied",
                "Your administrator has configured the application \(client.name) ('\(client.id)') to block users "
                    + "unless they are specifically granted ('assigned') access to the application.")
        }
    }
}

extension SimulatedRequest {
    /// The parameters of a query, or of a form that was posted.
    func signInParameters() throws(EntraError) -> Parameters {
        do throws(Parameters.Problem) {
            if method == .post { return try Parameters(String(decoding: body, as: UTF8.self), isForm: true) }
            return try Parameters(query ?? "", isForm: true)
        } catch {
            switch error {
            case .malformed: throw .invalid("The request is malformed.")
            case .repeated(let name): throw .invalid("The parameter '\(name)' occurs more than once.")
            }
        }
    }
}
