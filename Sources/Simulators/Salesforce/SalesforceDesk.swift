import BridgeCore
import BridgeCrypto
import HTTPMessage

/// Answers Salesforce's requests on one thread; what takes long, signatures and rows, is done outside the lock of the world.
final class SalesforceDesk {
    let simulator: Simulator
    private let signers = IDTokenSigners()

    init(_ simulator: Simulator) { self.simulator = simulator }

    /// Where the faults for a request are set.
    static func place(of request: SimulatedRequest) -> Fault.Place? {
        SalesforceHost(request.site).flatMap { SalesforceEndpoint(request.segments, at: $0)?.place }
    }

    func answer(_ request: SimulatedRequest, at host: SalesforceHost, fault: Fault.Effect?) -> HTTPResponse {
        let context = simulator.salesforceContext
        guard let endpoint = SalesforceEndpoint(request.segments, at: host) else {
            return .foreignPage(.notFound, "URL No Longer Exists")
        }
        switch endpoint {
        case .metadata: return SalesforceMetadata.answer(context.origin(host))
        case .keys: return SalesforceKeySet.answer(simulator.withWorld { $0.salesforce.keys.published })
        case .authorize: return simulator.withWorld { $0.salesforceAuthorize(request, at: host, fault: fault, context) }
        case .token: return token(request, at: host, fault: fault, context)
        case .introspect: return introspection(request, at: host, context)
        case .revoke: return revoke(request, context)
        case .userInfo: return identity(request, of: nil, at: host, fault: fault, context)
        case .identity(let organization, let user):
            return identity(request, of: (organization, user), at: host, fault: fault, context)
        case .versions: return fault.flatMap(\.apiRefusal)?.answer ?? SalesforceVersions.answer
        case .data(let version, let path): return data(request, version, path, at: host, fault: fault, context)
        case .canvas(let app): return canvas(request, app, at: host, context)
        }
    }

    private func token(
        _ request: SimulatedRequest, at host: SalesforceHost, fault: Fault.Effect?, _ context: SalesforceContext
    ) -> HTTPResponse {
        do throws(SalesforceOAuthError) {
            let tokens = try simulator.withWorld { world throws(SalesforceOAuthError) in
                try world.salesforceToken(request, at: host, fault: fault, context)
            }
            do throws(CryptoError) {
                return tokens.answer(idToken: try tokens.idToken?.signed(by: signers))
            } catch {
                throw SalesforceOAuthError("unknown_error", "\(error)")
            }
        } catch {
            return error.answer
        }
    }

    private func introspection(
        _ request: SimulatedRequest, at host: SalesforceHost, _ context: SalesforceContext
    ) -> HTTPResponse {
        do throws(SalesforceOAuthError) {
            return try simulator.withWorld { world throws(SalesforceOAuthError) in
                try world.salesforceIntrospection(request, at: host, context)
            }
        } catch {
            return error.introspectionAnswer
        }
    }

    private func revoke(_ request: SimulatedRequest, _ context: SalesforceContext) -> HTTPResponse {
        do throws(SalesforceOAuthError) {
            return try simulator.withWorld { world throws(SalesforceOAuthError) in
                try world.salesforceRevoke(request, context)
            }
        } catch {
            return error.answer
        }
    }

    private func identity(
        _ request: SimulatedRequest, of path: (organization: String, user: String)?, at host: SalesforceHost,
        fault: Fault.Effect?, _ context: SalesforceContext
    ) -> HTTPResponse {
        do throws(IdentityRefusal) {
            return try simulator.withWorld { world throws(IdentityRefusal) in
                try world.salesforceIdentity(request, of: path, at: host, fault: fault, context)
            }
        } catch {
            return error.answer
        }
    }

    private func data(
        _ request: SimulatedRequest, _ version: String, _ path: [String], at host: SalesforceHost,
        fault: Fault.Effect?, _ context: SalesforceContext
    ) -> HTTPResponse {
        do throws(SalesforceAPIError) {
            if let refusal = fault?.apiRefusal { throw refusal }
            let admission = try simulator.withWorld { world throws(SalesforceAPIError) in
                try world.admit(request, to: host, version: version, context)
            }
            let answer = try SalesforceData(admission: admission, request: request, fault: fault, context: context)
                .answer(path)
            if let cursor = answer.cursor {
                simulator.withWorld { $0.salesforce.cursors.insert(cursor, for: cursor.id) }
            }
            return answer.response
        } catch {
            return error.answer
        }
    }
}

extension Fault.Effect {
    var apiRefusal: SalesforceAPIError? {
        if case .salesforce(.api(let error)) = self { error } else { nil }
    }
}
