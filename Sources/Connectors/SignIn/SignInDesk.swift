package import BridgeCore
package import BridgeCrypto

/// Begins and ends sign-ins at one vendor: carries out what `SignInStart` and `SignInReturn` say.
package struct SignInDesk<Client: OpenIDClient>: Sendable {
    private let pending: any PendingSignIns
    private let endpoint: TokenEndpoint
    private let keys: ProviderKeys
    private let clock: any WallClock
    private let random: any RandomSource
    private let findClient: @Sendable (PendingSignIn) async throws(ConnectorError) -> Client

    /// - Parameter findClient: the client of the connection that a sign-in was begun with.
    package init(
        pending: any PendingSignIns, endpoint: TokenEndpoint, keys: ProviderKeys, clock: any WallClock,
        random: any RandomSource,
        findClient: @escaping @Sendable (PendingSignIn) async throws(ConnectorError) -> Client
    ) {
        self.pending = pending
        self.endpoint = endpoint
        self.keys = keys
        self.clock = clock
        self.random = random
        self.findClient = findClient
    }

    /// Sends a browser to the provider.
    ///
    /// - Throws: `internal`.
    package func begin(
        _ intent: SignInIntent, at client: Client, cookie: SignInCookie?, prompt: String? = nil
    ) async throws(ConnectorError) -> SignInStart {
        let start = try SignInStart(
            intent, at: client, cookie: cookie, prompt: prompt, random: random, now: clock.now)
        try await pending.keep(start.record, under: start.id)
        return start
    }

    /// Judges what a browser brings back.
    package func finish(
        query: String, cookie: SignInCookie?
    ) async throws(SignInRefusal) -> SignedIn<Client.Person> {
        var steps = SignInReturn<Client>(AuthorizationCallback(query: query))
        var action = steps.start(cookie: cookie)
        while true {
            switch action {
            case .accept(let signedIn): return signedIn
            case .refuse(let refusal): throw refusal
            default: action = steps.next(after: await outcome(of: action), now: clock.now)
            }
        }
    }

    private func outcome(of action: SignInReturn<Client>.Action) async -> SignInReturn<Client>.Event {
        do throws(ConnectorError) {
            switch action {
            case .take(let id): return .taken(try await pending.take(id))
            case .findClient(let record): return .client(try await findClient(record))
            case .redeem(var request, let client):
                try client.authenticate(&request, now: clock.now)
                return .granted(try await endpoint.grant(request, explaining: Client.error))
            case .findKeys(let provider, let keyID): return .keys(try await keys.keys(of: provider, for: keyID))
            case .accept, .refuse: throw ConnectorError(.internal, "the sign-in has ended")
            }
        } catch {
            return .failed(error)
        }
    }
}
