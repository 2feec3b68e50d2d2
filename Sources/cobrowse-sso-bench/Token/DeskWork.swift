internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// What a login costs where the service takes it up, its tenant and account in memory.
final class DeskWork {
    private let desk: LoginDesk
    private let cachedDesk: LoginDesk
    private let tokens: [[UInt8]]
    private let expired: [UInt8]
    private let foreign: [UInt8]
    private let now: Timestamp
    private let expiry: Int64
    private var next = 0

    /// - Parameter service: with tenant and account loaded (`DeskWork.service`).
    init(_ tenant: TestTenant, _ service: LoginService) throws {
        let render: (Admission<VerifiedToken>) -> [UInt8] = {
            withUnsafeBytes(of: $0.token.expiresAt.seconds) { Array($0) }
        }
        desk = try LoginDesk(service, cacheCapacity: 2, render: render)
        cachedDesk = try LoginDesk(service, render: render)
        let signer = try TokenSigner(tenant.key)
        // More different tokens in turn than the small cache holds: every one is a miss.
        tokens = try (0..<8).map { number in
            Array(
                try tenant.token(signer, tenant.claims(issuedAt: tenant.issuedAt.adding(seconds: -Int64(number)))).utf8)
        }
        let past = tenant.claims(issuedAt: tenant.issuedAt.adding(seconds: -7200))
        expired = Array(try tenant.token(signer, past).utf8)
        foreign = Array(try tenant.token(signer, tenant.claims(license: TestTenant.unknownLicense)).utf8)
        now = tenant.issuedAt
        expiry = tenant.expiresAt.seconds
    }

    /// A service over a new store at `path` that has seen the agent and the unknown issuer.
    static func service(_ tenant: TestTenant, storeAt path: String) async throws -> LoginService {
        let store = try await tenant.makeStore(at: path)
        let directory = LoginDirectory(store: store, addresses: .none, bridgeKeys: [])
        let service = LoginService(directory: directory, store: store)
        let token = try tenant.token(try TokenSigner(tenant.key), tenant.claims())
        _ = try await service.admit(try UnverifiedToken(token), now: tenant.issuedAt)
        _ = try await directory.load(TestTenant.unknownLicense)
        return service
    }

    func admit() throws {
        for _ in 0..<blockSize {
            next = (next + 1) % tokens.count
            let token = tokens[next]
            guard case .admitted(let login) = try desk.check(token.span, now: now), login.expiry == expiry - Int64(next)
            else {
                throw BenchError.wrong("a login was not admitted")
            }
        }
    }

    func admitCached() throws {
        let token = tokens[0]
        for _ in 0..<blockSize {
            guard case .admitted(let login) = try cachedDesk.check(token.span, now: now), login.expiry == expiry else {
                throw BenchError.wrong("a cached login was not admitted")
            }
        }
    }

    func refuseExpired() throws {
        try refuse(expired) { refusal in
            if case .expired = refusal { true } else { false }
        }
    }

    func refuseForeign() throws {
        try refuse(foreign) { refusal in
            if case .issuerUnknown = refusal { true } else { false }
        }
    }

    private func refuse(_ token: [UInt8], _ isExpected: (TokenRefusal) -> Bool) throws {
        for _ in 0..<blockSize {
            do throws(LoginRefusal) {
                _ = try desk.check(token.span, now: now)
            } catch {
                guard case .token(let refusal, _) = error, isExpected(refusal) else {
                    throw BenchError.wrong("refused for another reason: \(error.code.rawValue)")
                }
                continue
            }
            throw BenchError.wrong("a bad token was admitted")
        }
    }
}

extension RenderedLogin {
    /// What `DeskWork` renders.
    fileprivate var expiry: Int64 { body.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) } }
}
