/// `POST /api/1/sso/verify` under load: the service on one core, the load on the other.
struct HTTPBench {
    private static let roundCount = 5

    private let bed: HTTPTestBed

    init(_ directory: TemporaryDirectory) throws {
        bed = try HTTPTestBed(directory)
    }

    func run(into report: inout Report) throws {
        defer { bed.stop() }
        try bed.warmUp()
        let rounds = try (0..<Self.roundCount).map { try bed.round($0) }
        report.add(.uncachedRequests, rounds.map { $0.uncached / $0.limit })
        report.add(.cachedRequests, rounds.map { $0.cached / $0.nginx })
        report.add(.memory, rounds.map(\.memory))
        report.add(.http, "HTTP verify, uncached", "requests/s", rounds.map(\.uncached))
        report.add(.http, "HTTP verify, cached", "requests/s", rounds.map(\.cached))
        report.add(.http, "HTTP first logins", "requests/s", rounds.map(\.firstLogins))
        report.add(.http, "nginx, 325 bytes from its configuration", "requests/s", rounds.map(\.nginx))
        report.add(.http, "combined limit of openssl and nginx", "requests/s", rounds.map(\.limit))
        compareWithApache(rounds, &report)
    }

    private func compareWithApache(_ rounds: [HTTPRound], _ report: inout Report) {
        if let problem = bed.apacheProblem {
            report.add(.uncachedAgainstApache, problem)
            report.add(.firstLoginRequests, problem)
            return
        }
        let pairs = rounds.compactMap { round in round.apache.map { (round, apache: $0) } }
        report.add(.uncachedAgainstApache, pairs.map { $0.0.uncached / $0.apache })
        report.add(.firstLoginRequests, pairs.map { $0.0.firstLogins / $0.apache })
        report.add(.http, "Apache with mod_auth_openidc", "requests/s", pairs.map(\.apache))
    }
}
