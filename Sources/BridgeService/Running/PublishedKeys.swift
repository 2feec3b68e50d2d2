internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage
internal import Synchronization

/// The bridge's own keys as the service shows and accepts them, kept up with the store while it runs.
final class PublishedKeys: Sendable {
    private let state: Mutex<State>

    private struct State {
        var stored: [StoredSigningKey]
        var keySet: HTTPResponse
    }

    /// The keys that the service starts with.
    let initial: BridgeKeys

    init(_ stored: [StoredSigningKey]) throws(CryptoError) {
        initial = try BridgeKeys(stored)
        state = Mutex(State(stored: stored, keySet: Self.answer(initial.published)))
    }

    /// The answer of `/.well-known/jwks.json`.
    var keySet: HTTPResponse { state.withLock { $0.keySet } }

    /// Takes over what is stored by now; `directory` accepts it before it is shown.
    func reload(from store: any SigningKeyStore, into directory: LoginDirectory) async throws(StoreError) {
        let stored = try await store.signingKeys()
        guard state.withLock({ !Self.isSame($0.stored, stored) }) else { return }
        let keys: BridgeKeys
        do throws(CryptoError) {
            keys = try BridgeKeys(stored)
        } catch {
            throw StoreError(.internal, error.detail, hint: error.hint)
        }
        directory.replaceBridgeKeys(keys.accepted)
        let keySet = Self.answer(keys.published)
        state.withLock { state in
            state.stored = stored
            state.keySet = keySet
        }
    }

    /// Whether both show and accept the same: decoding keys anew would make the verifier's contexts for them worthless.
    private static func isSame(_ left: [StoredSigningKey], _ right: [StoredSigningKey]) -> Bool {
        left.elementsEqual(right) { $0.id == $1.id && $0.state == $1.state }
    }

    private static func answer(_ keys: [RSAPublicKey]) -> HTTPResponse {
        var keySet = HTTPResponse(
            .ok, contentType: "application/jwk-set+json",
            body: JSONWebKeySet(keys.map { JSONWebKey($0, keyID: nil) }).json)
        keySet.fields.append(.cacheControl, "public, max-age=300")
        return keySet
    }
}
