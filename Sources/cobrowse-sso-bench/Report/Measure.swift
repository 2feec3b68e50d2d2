/// A part of the run that can be asked for by name.
enum Subject: String, CaseIterable {
    case token, process, http, store, scale
    /// Sign-ins with Microsoft and with Salesforce.
    case signIn = "sign-in"
    /// Certificates of a directory.
    case importing = "import"
    /// People of an environment, and users of an org.
    case sync
}

/// What a figure has to reach.
enum Bound: Equatable {
    case atLeast(Double)
    case atMost(Double)
    /// Shown for orientation.
    case nothing

    func isMet(by figure: Figure) -> Bool {
        switch self {
        case .atLeast(let limit): figure.median >= limit
        case .atMost(let limit): figure.median <= limit
        case .nothing: true
        }
    }

    var words: String {
        switch self {
        case .atLeast(let limit): "at least \(limit)"
        case .atMost(let limit): "at most \(limit)"
        case .nothing: "-"
        }
    }
}

/// Everything that is measured and held against a number, in the order it is shown.
enum Measure: CaseIterable, Hashable {
    case verify, sign, twoThreads, cachedVerify, expired, foreign, claims
    case allocations, cachedAllocations, revocations
    case publicKeyProcess
    case uncachedRequests, uncachedAgainstApache, cachedRequests, memory, firstLoginRequests
    case durableLogins
    case decision, grownLatency, grownStart
    case directoryImport
    case signInCost, signInCrowd, orgSignInCost, orgSignInCrowd
    case syncTime, syncMemory, orgSyncTime, orgSyncMemory

    /// What it is called, and what is asked of it.
    struct Asked {
        let subject: Subject
        let title: String
        let bound: Bound
    }

    /// The numbers this project holds itself to; `Docs/Performance.md` explains each.
    var asked: Asked {
        switch self {
        case .verify: Asked(subject: .token, title: "full verify / openssl speed verify", bound: .atLeast(0.95))
        case .sign: Asked(subject: .token, title: "sign / openssl speed sign", bound: .atLeast(0.98))
        case .twoThreads: Asked(subject: .token, title: "full verify, two threads / one", bound: .atLeast(1.95))
        case .cachedVerify: Asked(subject: .token, title: "cached verify / uncached", bound: .atLeast(30))
        case .expired: Asked(subject: .token, title: "expired token refused / accepted", bound: .atLeast(40))
        case .foreign: Asked(subject: .token, title: "unknown issuer refused / accepted", bound: .atLeast(40))
        case .claims: Asked(subject: .token, title: "time of claims parse / JSONDecoder", bound: .atMost(0.04))
        case .allocations: Asked(subject: .token, title: "heap allocations, uncached verify", bound: .atMost(10))
        case .cachedAllocations: Asked(subject: .token, title: "heap allocations, cached verify", bound: .atMost(2))
        case .revocations: Asked(subject: .token, title: "revocations, 1,000,000 entries, MiB", bound: .atMost(64))
        case .publicKeyProcess:
            Asked(subject: .process, title: "time of cert pubkey / openssl x509", bound: .atMost(0.25))
        case .uncachedRequests:
            Asked(subject: .http, title: "HTTP verify, uncached / combined limit", bound: .atLeast(0.78))
        case .uncachedAgainstApache:
            Asked(subject: .http, title: "HTTP verify, uncached / mod_auth_openidc", bound: .atLeast(3))
        case .cachedRequests: Asked(subject: .http, title: "HTTP verify, cached / nginx", bound: .atLeast(0.55))
        case .memory: Asked(subject: .http, title: "resident memory under load, MiB", bound: .atMost(24))
        case .firstLoginRequests:
            Asked(subject: .http, title: "HTTP first logins / mod_auth_openidc", bound: .atLeast(2))
        case .durableLogins:
            Asked(subject: .store, title: "first logins made durable, 256 at once / one", bound: .atLeast(15))
        case .decision: Asked(subject: .token, title: "decision, 50 rules and 200 sets, us", bound: .atMost(10))
        case .grownLatency:
            Asked(subject: .scale, title: "login in a grown store / an empty one", bound: .atMost(1.3))
        case .grownStart: Asked(subject: .scale, title: "start with a grown store, s", bound: .atMost(1))
        case .directoryImport:
            Asked(subject: .importing, title: "10,000 certificates of a directory imported, s", bound: .atMost(2))
        case .signInCost:
            Asked(subject: .signIn, title: "processor time of a sign-in, ms", bound: .atMost(1.5))
        case .signInCrowd:
            Asked(subject: .signIn, title: "2,000 sign-ins at once, Microsoft at 300 ms, s", bound: .atMost(3))
        case .orgSignInCost:
            Asked(subject: .signIn, title: "processor time of a sign-in with Salesforce, ms", bound: .atMost(1.5))
        case .orgSignInCrowd:
            Asked(subject: .signIn, title: "2,000 sign-ins at once, Salesforce at 300 ms, s", bound: .atMost(3))
        case .syncTime: Asked(subject: .sync, title: "100,000 people synced, s", bound: .atMost(60))
        case .syncMemory: Asked(subject: .sync, title: "resident memory of that, MiB", bound: .atMost(128))
        case .orgSyncTime:
            Asked(subject: .sync, title: "100,000 users, 300,000 assignments synced, s", bound: .atMost(60))
        case .orgSyncMemory:
            Asked(subject: .sync, title: "resident memory of syncing an org, MiB", bound: .atMost(128))
        }
    }
}
