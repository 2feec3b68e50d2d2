internal import AuthService

/// Tokens: verify, sign, refuse, read claims, in one process without I/O.
struct TokenBench {
    private static let roundCount = 5

    private let tenant: TestTenant
    private let service: LoginService

    init(_ directory: TemporaryDirectory) throws {
        let tenant = try TestTenant()
        let path = "\(try directory.directory("token", mode: 0o700))/desk.db"
        self.tenant = tenant
        service = try waitFor { try await DeskWork.service(tenant, storeAt: path) }
    }

    func run(into report: inout Report) throws {
        let (tenant, service) = (tenant, service)
        let rounds = try PinnedThread.run(on: Cores.measured) {
            let thread = try TokenThread(tenant, service)
            return try (0..<Self.roundCount).map { _ in try thread.round() }
        }
        Self.addRatios(rounds, to: &report)
        Self.addRates(rounds, to: &report)
        do {
            try addAllocations(to: &report)
        } catch {
            report.add(.allocations, error)
            report.add(.cachedAllocations, error)
        }
        try addRevocations(to: &report)
        do {
            let scaling = try (0..<Self.roundCount).map { _ in try TwoThreads.round(tenant) }
            report.add(.twoThreads, scaling)
        } catch {
            report.add(.twoThreads, error)
        }
    }

    private static func addRatios(_ rounds: [TokenRound], to report: inout Report) {
        report.add(.verify, rounds.map { $0.verify / $0.openssl.verify })
        report.add(.sign, rounds.map { $0.sign / $0.openssl.sign })
        report.add(.cachedVerify, rounds.map { $0.cached / $0.uncached })
        report.add(.expired, rounds.map { $0.expired / $0.uncached })
        report.add(.foreign, rounds.map { $0.deskForeign / $0.deskUncached })
        report.add(.claims, rounds.map { $0.decoder / $0.claims })
        report.add(.decision, rounds.map { 1e6 / $0.decision })
        report.add(.token, "decision, 50 rules and 200 sets, with its trace", "us", rounds.map { 1e6 / $0.traced })
        report.add(
            .token, "login desk, uncached / openssl speed verify", "", rounds.map { $0.desk / $0.openssl.verify })
        report.add(.token, "login desk, cached / uncached", "", rounds.map { $0.deskCached / $0.deskUncached })
        report.add(.token, "login desk, expired token / accepted", "", rounds.map { $0.deskExpired / $0.deskUncached })
    }

    private static func addRates(_ rounds: [TokenRound], to report: inout Report) {
        report.add(.token, "openssl speed rsa2048 verify", "/s", rounds.map(\.openssl.verify))
        report.add(.token, "full verify", "/s", rounds.map(\.verify))
        report.add(.token, "openssl speed rsa2048 sign", "/s", rounds.map(\.openssl.sign))
        report.add(.token, "sign", "/s", rounds.map(\.sign))
        report.add(.token, "cached verify", "ns", rounds.map { 1e9 / $0.cached })
        report.add(.token, "expired token refused", "ns", rounds.map { 1e9 / $0.expired })
        report.add(.token, "login desk, unknown issuer refused", "ns", rounds.map { 1e9 / $0.deskForeign })
        report.add(.token, "login desk, cached", "ns", rounds.map { 1e9 / $0.deskCached })
        report.add(.token, "claims parse, 153 bytes", "ns", rounds.map { 1e9 / $0.claims })
        report.add(.token, "JSONDecoder, 153 bytes", "ns", rounds.map { 1e9 / $0.decoder })
    }

    private func addRevocations(to report: inout Report) throws {
        let (size, rounds) = try PinnedThread.run(on: Cores.measured) {
            let (full, empty) = (try RevocationWork(count: RevocationWork.count), try RevocationWork(count: 0))
            let rounds = try (0..<Self.roundCount).map { _ in
                (try full.found(seconds: 0.1), try full.missed(seconds: 0.1), try empty.missed(seconds: 0.1))
            }
            return (full.size, rounds)
        }
        report.add(.revocations, [size])
        report.add(.token, "revocations, look-up of one of 1,000,000", "ns", rounds.map { 1e9 / $0.0 })
        report.add(.token, "revocations, look-up of another", "ns", rounds.map { 1e9 / $0.1 })
        report.add(.token, "revocations, look-up where there is none", "ns", rounds.map { 1e9 / $0.2 })
    }

    private func addAllocations(to report: inout Report) throws {
        let (tenant, service) = (tenant, service)
        let (uncached, cached, desk) = try PinnedThread.run(on: Cores.measured) {
            let (verify, desk) = (try VerifyWork(tenant), try DeskWork(tenant, service))
            return (
                try Allocations.count(verify.verify), try Allocations.count(verify.verifyCached),
                try Allocations.count(desk.admit)
            )
        }
        report.add(.allocations, [uncached.total])
        report.add(.cachedAllocations, [cached.total])
        report.add(.token, "of the uncached verify's, OpenSSL's", "allocations", [uncached.libcrypto])
        report.add(.token, "of the uncached verify's, ours", "allocations", [uncached.own])
        report.add(.token, "of the cached verify's, OpenSSL's", "allocations", [cached.libcrypto])
        report.add(.token, "login desk, uncached", "allocations", [desk.total])
    }
}
