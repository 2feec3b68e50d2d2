internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

extension Operation {
    /// The consent of an Entra tenant, which somebody else may give than who asks for it.
    static let consent = [
        Operation(
            spec: OperationSpec(
                id: "consentURL", method: .get, path: PathTemplate("/api/1/dynamics/consent"),
                summary: "The URL under which an administrator of the Entra tenant consents, once, within a week",
                need: .queriedTenant,
                query: [
                    QueryParameter(name: "license", schema: .string, summary: "The tenant."),
                    QueryParameter(
                        name: "connection", schema: .string, summary: "Which connection; default where it is left out."),
                ],
                answers: [
                    .value(
                        "The URL, and until when it is good",
                        .object([Property("url", .formatted("uri")), Property("expiresAt", .time)]))
                ],
                problems: [
                    .init(.connectionMissing), .init(.configurationInvalid, .serviceUnavailable),
                ]), run: consentURL)
    ]

    private static func consentURL(_ call: AdministrationCall) async throws -> AdministrationAnswer {
        guard try call.query.text("license") != nil else {
            throw RequestRefusal.query("license", "is missing", hint: "name the tenant's license key")
        }
        let license = try await call.knownLicense()
        let text = try call.query.text("connection") ?? ConnectionName.standard.value
        guard let name = ConnectionName(text) else {
            throw RequestRefusal.query("connection", "can be no connection's name")
        }
        do throws(ConnectorError) {
            let link = try await call.services.dynamics.consent.link(
                for: ConnectionID(.dynamics, name, of: license),
                redirectURI: try call.services.site().url(of: Route.consentCallback.path), at: call.now)
            return .object { $0.consentLinkMembers(link) }
        } catch {
            guard error.code == .configurationInvalid else { throw error }
            // The operator's to set, and no fault of the request.
            throw RequestRefusal(.serviceUnavailable, error.code, error.detail, hint: error.hint)
        }
    }
}
