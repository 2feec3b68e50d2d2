import BridgeCore
import HTTPMessage

extension World {
    /// `/{tenant}/v2.0/adminconsent`, and `/{tenant}/adminconsent`, its older form.
    mutating func adminConsent(
        _ request: SimulatedRequest, at path: AuthorityPath, isVersion2: Bool, fault: Fault.Effect?,
        _ context: EntraContext
    ) -> HTTPResponse {
        do throws(EntraError) {
            let consent = try ConsentRequest(request.signInParameters(), at: path, isVersion2: isVersion2, population)
            if case .entra(let number) = fault, let error = EntraError(number, at: .callback) {
                return consent.refusal(error, tenant: path.tenant, context)
            }
            guard
                let name = consent.parameters[SignInRequest.personParameter] ?? consent.parameters["login_hint"]
                    ?? sessionAtEntra
            else {
                return consent.page(population, context)
            }
            let identity = try population.identity(name, at: path, of: consent.client)
            return decide(consent, identity, context)
        } catch {
            return error.page(context.trace)
        }
    }

    private mutating func decide(
        _ consent: ConsentRequest, _ identity: SignedInPerson, _ context: EntraContext
    ) -> HTTPResponse {
        guard identity.person.isAdministrator else {
            let error = EntraError(
                90_094, "access_denied", "An administrator of \(identity.tenant.displayName) has to give this consent.")
            return consent.refusal(error, tenant: identity.tenant, context)
        }
        guard consent.parameters[SignInRequest.answerParameter] != "cancel" else {
            let error = EntraError(65_004, "consent_required", "User declined to consent to access the app.")
            return consent.refusal(error, tenant: identity.tenant, context)
        }
        grant(consent.client, to: identity.tenant, at: context.now)
        return consent.success(tenant: identity.tenant)
    }

    /// Remembers the consent in the document, and makes the tenant a service principal.
    private mutating func grant(_ client: Client, to tenant: Tenant, at now: Timestamp) {
        let names: [(String, Set<String>)] = [("consents", client.consents), ("principals", client.principals)]
        let members = names.map { name, tenants in
            JSONMember(name: name, value: .array(tenants.union([tenant.name]).sorted().map { .string($0) }))
        }
        // The names are known, so the document stays a population.
        try? population.change(client.name, of: .clients, with: .object(members), at: now)
    }
}
