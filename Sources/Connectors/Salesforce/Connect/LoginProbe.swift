internal import BridgeCore
internal import HTTPMessage

/// Looks whether a login is one of Salesforce's, as what it publishes says (OpenID Connect Discovery §4).
struct LoginProbe: Sendable {
    let sender: any HTTPSender

    /// Looks.
    ///
    /// - Throws: `environment_not_found` where there is no such host, `issuer_unknown`, `upstream_unavailable`,
    ///   `upstream_throttled`.
    func look(at login: SalesforceLogin) async throws(ConnectorError) {
        let location = ProviderLocation(issuer: login.origin)
        let response: IncomingResponse
        do throws(SendError) {
            response = try await metadata(of: location, login)
        } catch {
            throw error.failure == .unresolved ? .noLogin(login) : ConnectorError(error)
        }
        if response.status == .tooManyRequests { throw .throttled(by: location.metadata, response) }
        guard response.status == .ok else {
            throw ConnectorError(
                .upstreamUnavailable,
                "\(login) answered \(response.status.rawValue) when it was asked for its metadata",
                hint: SalesforceLogin.example, fixedBy: .tenantAdministrator)
        }
        _ = try ProviderMetadata(reading: response.body, of: location)
    }

    /// Says where there is no such host; whatever else is wrong with it, somebody else says.
    ///
    /// - Throws: `environment_not_found`.
    func find(_ login: SalesforceLogin) async throws(ConnectorError) {
        do throws(SendError) {
            _ = try await metadata(of: ProviderLocation(issuer: login.origin), login)
        } catch {
            if error.failure == .unresolved { throw ConnectorError.noLogin(login) }
        }
    }

    private func metadata(
        of location: ProviderLocation, _ login: SalesforceLogin
    ) async throws(SendError) -> IncomingResponse {
        try await sender.send(OutgoingRequest(.get, location.metadata, to: HostRule(only: login.origin)))
    }
}

extension ConnectorError {
    /// There is no host of that name.
    fileprivate static func noLogin(_ login: SalesforceLogin) -> ConnectorError {
        ConnectorError(
            .environmentNotFound, "there is no host \(login.origin.host)",
            hint: "check the login URL: \(SalesforceLogin.example)", fixedBy: .tenantAdministrator)
    }
}
