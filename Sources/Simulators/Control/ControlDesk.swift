import BridgeCore
import HTTPMessage

/// The control surface: what a person or a script does to the stand-ins while they run.
///
///     GET    /                              a page with everything
///     GET    /simulator                     where everything is
///     GET    /simulator/{people|clients|environments|orgs}[/NAME]
///     POST   /simulator/{people|clients|environments|orgs}/NAME merges the body into the entry (RFC 7396)
///     GET    /simulator/orgs/NAME/connectedApps/APP/key         the private key of an app whose key is "generated"
///     GET    /simulator/faults              every fault, and those that are set
///     POST   /simulator/faults              {"name", "times": 1 | null, "matching", "milliseconds"}
///     DELETE /simulator/faults
///     POST   /simulator/keys/rotate         {"keepsOld": true}
///     POST   /simulator/refreshTokens/revoke
///     POST   /simulator/settings            {"latencyMilliseconds", "serviceProtection", "signedIn"}
///     GET    /simulator/requests            the last ones; DELETE forgets them
///     POST   /simulator/reset
///     GET    /dashboard, /code, /connect    where a sign-in ends, in the place of Cobrowse
///     GET    /frame?src=URL                 a page that shows another one in a frame
struct ControlDesk {
    let simulator: Simulator

    init(_ simulator: Simulator) { self.simulator = simulator }

    func answer(_ request: SimulatedRequest) -> HTTPResponse {
        do throws(SimulatorError) {
            guard request.path != "/" else { return ControlPage.answer(simulator) }
            if LandingPage.paths.contains(request.path) { return LandingPage.answer(request, simulator) }
            if request.path == FramePage.path { return FramePage.answer(request) }
            guard request.segments.first == "simulator" else { throw Self.nowhere(request) }
            return try answer(request, Array(request.segments.dropFirst()))
        } catch {
            return Self.answer(error)
        }
    }

    private func answer(_ request: SimulatedRequest, _ words: [String]) throws(SimulatorError) -> HTTPResponse {
        switch (request.method, words.first, words.count) {
        case (.get, nil, _): return ControlOverview.answer(simulator)
        case (.get, "faults", 1): return FaultList.answer(simulator)
        case (.post, "faults", 1): return try setFault(request)
        case (.delete, "faults", 1): simulator.clearFaults()
        case (.post, "keys", 2) where words[1] == "rotate":
            let options = try Self.body(request, known: ["keepsOld"])
            try simulator.rotateKeys(keepsOld: options.bool("keepsOld", default: true))
        case (.post, "refreshTokens", 2) where words[1] == "revoke": simulator.revokeRefreshTokens()
        case (.post, "settings", 1): try set(request)
        case (.get, "requests", 1): return RequestList.answer(simulator.requests, total: simulator.requestCount)
        case (.delete, "requests", 1): simulator.clearRequests()
        case (.post, "reset", 1): try simulator.reset()
        case (.get, "orgs", 5) where words[2] == "connectedApps" && words[4] == "key":
            return try key(ofApp: words[3], in: words[1])
        default: return try entries(request, words)
        }
        return HTTPResponse(.noContent)
    }

    private func key(ofApp app: String, in org: String) throws(SimulatorError) -> HTTPResponse {
        guard simulator.withWorld({ $0.population.org(named: org)?.app(app)?.hasGeneratedKey }) == true else {
            throw SimulatorError(.notFound, "\(quoted(org)) has no app \(quoted(app)) with a generated key")
        }
        let pem = try simulator.applicationKey().withBytes { bytes in bytes.indices.map { bytes[$0] } }
        return HTTPResponse(.ok, contentType: "application/x-pem-file", body: pem)
    }

    /// People, clients, environments and orgs, one by one or all of the document.
    private func entries(_ request: SimulatedRequest, _ words: [String]) throws(SimulatorError) -> HTTPResponse {
        guard let list = words.first.flatMap(Population.List.init), words.count <= 2 else {
            throw Self.nowhere(request)
        }
        switch (request.method, words.count) {
        case (.get, 1):
            let entries = simulator.withWorld { $0.population.document[list.rawValue] }
            return .json { writer in
                writer.object { writer in
                    writer.name("items")
                    writer.value(entries ?? .array([]))
                }
            }
        case (.get, _): return try entry(words[1], of: list)
        case (.post, 2):
            guard hasSite(words[1], of: list) else { throw Self.nowhere(request) }
            try simulator.change(words[1], of: list, Self.json(request))
            return try entry(words[1], of: list)
        default: throw Self.nowhere(request)
        }
    }

    /// Environments and orgs have sites, of which there are no new ones.
    private func hasSite(_ name: String, of list: Population.List) -> Bool {
        switch list {
        case .people, .clients: true
        case .environments: simulator.sites.sites.contains(.dataverse(name))
        case .orgs: simulator.sites.sites.contains(.salesforce(name))
        }
    }

    private func entry(_ name: String, of list: Population.List) throws(SimulatorError) -> HTTPResponse {
        guard let entry = simulator.withWorld({ $0.population.entry(name, of: list) }) else {
            throw SimulatorError(
                .notFound, "there is nobody and nothing called \(quoted(name)) among the \(list.rawValue)")
        }
        return .json { $0.value(entry) }
    }

    private func setFault(_ request: SimulatedRequest) throws(SimulatorError) -> HTTPResponse {
        let options = try Self.body(request, known: ["name", "times", "matching", "milliseconds"])
        let times = options.has("times") ? try options.integer("times").map { Int($0) } : 1
        try simulator.set(
            options.required("name"), times: times, matching: options.text("matching"),
            milliseconds: options.integer("milliseconds").map { Int($0) })
        return FaultList.answer(simulator)
    }

    private func set(_ request: SimulatedRequest) throws(SimulatorError) {
        let options = try Self.body(request, known: ["latencyMilliseconds", "serviceProtection", "signedIn"])
        let latency = try options.integer("latencyMilliseconds")
        if let latency, !(0...60_000).contains(latency) {
            throw .invalid("latencyMilliseconds has to be from 0 to 60000")
        }
        let enforced = options.has("serviceProtection") ? try options.bool("serviceProtection") : nil
        let person = try options.text("signedIn")
        if let person, simulator.objectID(person) == nil, !simulator.hasOrgUser(person) {
            throw SimulatorError(.notFound, "there is nobody called \(quoted(person))")
        }
        if options.has("signedIn") { simulator.withWorld { $0.signedIn = person } }
        if let latency { simulator.setLatency(.milliseconds(latency)) }
        if let enforced { simulator.withWorld { $0.protection.isEnforced = enforced } }
    }

    private static func json(_ request: SimulatedRequest) throws(SimulatorError) -> JSONValue {
        guard !request.body.isEmpty else { return .object([]) }
        do throws(JSONError) {
            return try JSONValue(parsing: request.body)
        } catch {
            throw .invalid("the body is no JSON: \(error)")
        }
    }

    private static func body(_ request: SimulatedRequest, known: [String]) throws(SimulatorError) -> DocumentObject {
        try DocumentObject(json(request), at: "body", known: known)
    }

    private static func nowhere(_ request: SimulatedRequest) -> SimulatorError {
        SimulatorError(
            .notFound, "there is no \(request.method.rawValue) \(quoted(request.path))",
            hint: "GET /simulator says what there is")
    }

    private static func answer(_ error: SimulatorError) -> HTTPResponse {
        .json(error.code == .notFound ? .notFound : .badRequest) { writer in
            writer.object { writer in
                writer.member("code", error.code.rawValue)
                writer.member("detail", error.detail)
                writer.member("hint", error.hint)
            }
        }
    }
}
