internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

extension Operation {
    /// The organizations that an administrator can connect, once that person has signed in with a browser.
    static let organizations = [organizations(named: false), organizations(named: true)]

    private static func organizations(named isNamed: Bool) -> Operation {
        let path = "/api/1/tenants/{license}/connections/dynamics" + (isNamed ? "/{name}" : "") + "/organizations"
        return Operation(
            spec: OperationSpec(
                id: isNamed ? "listNamedDynamicsOrganizations" : "listDynamicsOrganizations", method: .get,
                path: PathTemplate(path),
                summary: "The organizations of whoever signed in for them; the refusal says under which URL to do that",
                need: .tenant,
                query: [
                    QueryParameter(
                        name: "environmentUrl", schema: .string,
                        summary: "The organization to choose, whose host is asked whether it lets the person in.")
                ],
                answers: [.value("Those that are enabled, by their names", .named("DynamicsOrganizations"))],
                problems: [
                    .init(.stateInvalid), .init(.connectionMissing), .init(.notFound), .init(.environmentNotFound),
                    .init(.codeInvalid), .init(.organizationMismatch),
                    .init(.configurationInvalid, .serviceUnavailable),
                    .init(.configurationInvalid), .init(.upstreamUnavailable), .init(.userUnknown),
                ]), run: list)
    }

    private static func list(_ call: AdministrationCall) async throws -> AdministrationAnswer {
        let id = try await call.knownConnectionID(.dynamics)
        let dynamics = call.services.dynamics
        let search = try dynamics.organizations(through: try await call.store.connection(id))
        let session = try await dynamics.sessions.session(
            of: id, in: search.application.tenant, for: call.access, at: call.now)
        guard let session else {
            throw try call.signInNeeded(for: id)
        }
        let list = try await search.organizations(session.accessToken)
        let chosen = try call.query.text("environmentUrl").map { try search.choice($0, among: list) } ?? list.onlyOne
        if let chosen { try await search.enter(chosen, refreshing: session.refreshToken) }
        return .object { writer in
            writer.organizationListMembers(list, chosen)
            writer.name("signedIn")
            writer.object { writer in
                writer.member("tenantId", session.person.tenantID.value)
                writer.member("objectId", session.person.objectID.value)
            }
        }
    }
}

extension AdministrationCall {
    /// What tells the caller where to sign in.
    ///
    /// - Throws: `configuration_invalid` where nobody knows under which URL browsers reach the service.
    fileprivate func signInNeeded(for id: ConnectionID) throws -> ConnectorError {
        let ticket = try OrganizationTicket(id, for: access, at: now).sealed(by: services.dynamics.vault)
        let url: String?
        do throws(ConnectorError) {
            url =
                RequestURL(try services.site().url(of: Route.dynamicsAuth.path))?.adding([
                    ("purpose", SignInPurpose.organizations.rawValue), ("license", id.license.value),
                    ("connection", id.name.value), ("ticket", ticket),
                ])?.text
        } catch {
            throw RequestRefusal(.serviceUnavailable, error.code, error.detail, hint: error.hint)
        }
        return ConnectorError(
            .stateInvalid, "nobody has signed in for your list of organizations within the last ten minutes",
            hint: "open in a browser, sign in with the administrator's account, and ask again: \(url ?? "")",
            fixedBy: .tenantAdministrator)
    }
}
