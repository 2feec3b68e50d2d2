package import BridgeCore
package import BridgeCrypto
package import HTTPMessage
internal import Synchronization

/// The keys of providers, fetched when `ProviderCache` says so; of all who need one provider's at once, one fetches them.
package final class ProviderKeys: Sendable {
    private let sender: any HTTPSender
    private let clock: any WallClock
    private let cache = Mutex(ProviderCache())
    private let work = SharedWork<ProviderLocation, IDTokenKeySet, ConnectorError>()

    package init(sender: any HTTPSender, clock: any WallClock) {
        self.sender = sender
        self.clock = clock
    }

    /// The keys of `provider`, among which `keyID` is where the provider has it.
    ///
    /// - Throws: `upstream_unavailable`, `upstream_throttled`, `issuer_unknown` where none are known and none could be
    ///   fetched.
    package func keys(of provider: ProviderLocation, for keyID: String?) async throws(ConnectorError) -> IDTokenKeySet {
        if let keys = cache.withLock({ $0.keys(of: provider, for: keyID, now: clock.now) }) { return keys }
        // Asked for advice one at a time: while keys are fetched for one token, those with the same new key wait for it.
        return try await work.join(provider) { () async throws(ConnectorError) in
            switch cache.withLock({ $0.advice(for: provider, keyID: keyID, now: clock.now) }) {
            case .use(let keys): return keys
            case .fetch(let fallback): return try await fetch(provider, fallback: fallback)
            }
        }
    }

    private func fetch(
        _ provider: ProviderLocation, fallback: IDTokenKeySet?
    ) async throws(ConnectorError) -> IDTokenKeySet {
        do throws(ConnectorError) {
            let keys = try await fetch(provider)
            cache.withLock { $0.keep(keys, of: provider, now: clock.now) }
            return keys
        } catch {
            cache.withLock { $0.noteFailure(of: provider, now: clock.now) }
            guard let fallback else { throw error }
            return fallback
        }
    }

    private func fetch(_ provider: ProviderLocation) async throws(ConnectorError) -> IDTokenKeySet {
        let metadata = try ProviderMetadata(reading: try await body(of: provider.metadata), of: provider)
        let body = try await body(of: metadata.keys)
        do throws(CryptoError) {
            return try IDTokenKeySet(reading: body, source: "the JWK Set of \(metadata.keys.origin)")
        } catch {
            throw ConnectorError(.upstreamUnavailable, error.detail, fixedBy: .bridgeOperator)
        }
    }

    private func body(of url: RequestURL) async throws(ConnectorError) -> [UInt8] {
        let response = try await sender.response(to: OutgoingRequest(.get, url, to: HostRule(only: url.origin)))
        guard response.status == .ok else {
            if response.status == .tooManyRequests { throw .throttled(by: url, response) }
            throw .unreadable(response, from: url)
        }
        return response.body
    }
}
