import BridgeCore
import BridgeCrypto
import HTTPMessage

/// Answers Entra's requests on one thread; what takes long, the signatures, is done outside the lock of the world.
final class EntraDesk {
    private let simulator: Simulator
    private let signers = IDTokenSigners()

    init(_ simulator: Simulator) {
        self.simulator = simulator
    }

    func answer(
        _ request: SimulatedRequest, _ endpoint: EntraEndpoint, tenant: String, fault: Fault.Effect?
    ) -> HTTPResponse {
        let context = simulator.entraContext
        let path: AuthorityPath
        do throws(EntraError) {
            path = try simulator.withWorld { world throws(EntraError) in try AuthorityPath(tenant, in: world.population)
            }
        } catch {
            return endpoint.isForPeople ? error.page(context.trace) : error.answer(context.trace, at: context.address)
        }
        do throws(EntraError) {
            return try answer(request, endpoint, at: path, fault: fault, context)
        } catch {
            return error.answer(context.trace, at: context.address)
        }
    }

    private func answer(
        _ request: SimulatedRequest, _ endpoint: EntraEndpoint, at path: AuthorityPath, fault: Fault.Effect?,
        _ context: EntraContext
    ) throws(EntraError) -> HTTPResponse {
        switch endpoint {
        case .metadata: return MetadataDocument.answer(path, at: context.address)
        case .keys: return KeySetDocument.answer(simulator.withWorld { $0.entra.keys.published }, at: context.address)
        case .authorize: return simulator.withWorld { $0.authorize(request, at: path, fault: fault, context) }
        case .adminConsent(let isVersion2):
            return simulator.withWorld {
                $0.adminConsent(request, at: path, isVersion2: isVersion2, fault: fault, context)
            }
        case .deviceLogin: return simulator.withWorld { $0.deviceLogin(request, context) }
        case .deviceCode:
            return try simulator.withWorld { world throws(EntraError) in
                try world.deviceCode(request, at: path, fault: fault, context)
            }
        case .logout: return .page(title: "You signed out of your account", "<p>You may close this window.</p>")
        case .token: return try tokens(request, at: path, fault: fault, context)
        }
    }

    private func tokens(
        _ request: SimulatedRequest, at path: AuthorityPath, fault: Fault.Effect?, _ context: EntraContext
    ) throws(EntraError) -> HTTPResponse {
        let tokens = try simulator.withWorld { world throws(EntraError) in
            try world.token(request, at: path, fault: fault, context)
        }
        do throws(CryptoError) {
            return tokens.answer(idToken: try tokens.idToken?.signed(by: signers))
        } catch {
            throw EntraError(90_033, "temporarily_unavailable", "\(error)")
        }
    }
}

extension EntraEndpoint {
    /// Whether a refusal is a page.
    fileprivate var isForPeople: Bool {
        switch self {
        case .authorize, .adminConsent, .deviceLogin, .logout: true
        case .metadata, .keys, .token, .deviceCode: false
        }
    }
}
