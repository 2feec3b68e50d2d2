/// One round of the HTTP measurements; rates are requests a second.
struct HTTPRound {
    /// The mean of the run before and the run after.
    let openssl: OpenSSLSpeed
    let uncached: Double
    /// MiB right at the end of `uncached`.
    let memory: Double
    let nginx: Double
    let cached: Double
    let apache: Double?
    let firstLogins: Double

    /// What a server reaches that spends the time of one RSA verification and one nginx answer on each request.
    var limit: Double { 1 / (1 / openssl.verify + 1 / nginx) }
}

/// The servers and the load of the HTTP measurements.
struct HTTPTestBed {
    private let directory: TemporaryDirectory
    private let tenant: TestTenant
    private let wrk: Wrk
    private let tokens: TokenFiles
    private let nginx: NginxServer
    private let apache: ApacheServer?
    private let uncached: BridgeServer
    private let cached: BridgeServer
    /// Why there is no Apache to compare with.
    let apacheProblem: (any Error)?

    init(_ directory: TemporaryDirectory) throws {
        self.directory = directory
        wrk = try Wrk(directory)
        _ = try Cores.load()
        _ = try Tool.openssl.path()
        tenant = try TestTenant()
        nginx = try NginxServer(directory)
        let outcome = Result { [tenant] in try ApacheServer(directory, tenant) }
        switch outcome {
        case .success(let server): (apache, apacheProblem) = (server, nil)
        case .failure(let error): (apache, apacheProblem) = (nil, error)
        }
        tokens = try TokenFiles(directory, tenant)
        uncached = try BridgeServer(directory, tenant, name: "uncached", cacheCapacity: 2)
        cached = try BridgeServer(directory, tenant, name: "cached", cacheCapacity: 8192)
    }

    func stop() {
        for server in [uncached, cached] { server.stop() }
        nginx.stop()
        apache?.stop()
    }

    /// A second of load for each server, which makes the accounts known.
    func warmUp() throws {
        _ = try wrk.load(uncached.url, .body, tokens: tokens.known, seconds: 1)
        _ = try wrk.load(cached.url, .body, tokens: tokens.one, seconds: 1)
        _ = try wrk.load(nginx.url, .body, tokens: tokens.known, seconds: 1)
        if let apache { _ = try wrk.load(apache.url, .bearer, tokens: tokens.known, seconds: 1) }
    }

    /// About 14 seconds.
    func round(_ number: Int) throws -> HTTPRound {
        let before = try opensslSpeed()
        let uncachedRate = try wrk.load(uncached.url, .body, tokens: tokens.known, seconds: 2)
        let memory = try uncached.residentMemory()
        let nginxRate = try wrk.load(nginx.url, .body, tokens: tokens.known, seconds: 2)
        let cachedRate = try wrk.load(cached.url, .body, tokens: tokens.one, seconds: 2)
        let openssl = OpenSSLSpeed.mean(before, try opensslSpeed())
        let apacheRate = try apache.map { try wrk.load($0.url, .bearer, tokens: tokens.known, seconds: 2) }
        return HTTPRound(
            openssl: openssl, uncached: uncachedRate, memory: memory, nginx: nginxRate, cached: cachedRate,
            apache: apacheRate, firstLogins: try firstLogins(number))
    }

    /// Every token once, against a new store: each answer waits for a durable account.
    private func firstLogins(_ number: Int) throws -> Double {
        let server = try BridgeServer(directory, tenant, name: "first-\(number)", cacheCapacity: 8192)
        defer { server.stop() }
        return try wrk.load(server.url, .body, tokens: tokens.new, seconds: 10, once: true)
    }

    private func opensslSpeed() throws -> OpenSSLSpeed {
        try PinnedThread.run(on: Cores.measured) { try OpenSSLSpeed.run() }
    }
}
