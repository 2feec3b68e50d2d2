internal import BridgeCore

/// Waits. A program sleeps, a test does not.
package protocol Pause: Sendable {
    /// Returns after `seconds`, at once where the task is cancelled.
    func wait(seconds: Int64) async
}

extension EntraTokenClient {
    /// Starts a sign-in on another device.
    ///
    /// - Parameter resource: what is to be called as the person.
    /// - Throws: what Entra's refusal means, `upstream_unavailable`, `upstream_throttled`.
    package func deviceAuthorization(
        for resource: TokenResource, of application: EntraApplication
    ) async throws(ConnectorError) -> DeviceAuthorization {
        var request = TokenRequest(at: application.authority.deviceAuthorizationURL(application.tenant))
        request.set("scope", "openid profile offline_access \(resource.delegatedScope)")
        try application.authenticate(&request, random: random, now: clock.now)
        return try await endpoint.deviceAuthorization(request) { EntraErrors.explain($0, at: .authorization) }
    }

    /// Waits until the person has signed in there.
    ///
    /// - Throws: `code_invalid` when nobody did in time, `consent_declined`, what else Entra's refusal means.
    package func signIn(
        by authorization: DeviceAuthorization, of application: EntraApplication, pausing pause: any Pause
    ) async throws(ConnectorError) -> TokenGrant {
        var steps = DeviceSignIn(authorization)
        var action = steps.start
        while true {
            let event: DeviceSignIn.Event
            switch action {
            case .finish(let grant): return grant
            case .fail(let error): throw error
            case .wait(let seconds):
                await pause.wait(seconds: seconds)
                if Task.isCancelled { throw ConnectorError(.upstreamUnavailable, "the sign-in was given up") }
                event = .waited
            case .ask: event = await ask(authorization, application)
            }
            action = steps.next(after: event, now: clock.now)
        }
    }

    private func ask(_ authorization: DeviceAuthorization, _ application: EntraApplication) async -> DeviceSignIn.Event
    {
        do throws(ConnectorError) {
            var request = TokenRequest(
                at: application.authority.tokenURL(application.tenant),
                grantType: "urn:ietf:params:oauth:grant-type:device_code")
            request.set("device_code", authorization.deviceCode)
            try application.authenticate(&request, random: random, now: clock.now)
            return switch try await endpoint.answer(request) {
            case .granted(let grant): .granted(grant)
            case .refused(let refusal): .refused(refusal)
            }
        } catch {
            return .unanswered(error)
        }
    }
}
