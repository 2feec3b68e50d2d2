import BridgeCore

// What a test does while its code talks to the stand-ins.
extension Simulator {
    /// Lets the fault `name` happen to the next `times` requests that it is for; to all of them where that is `nil`.
    ///
    /// - Parameters:
    ///   - matching: a text that path and query have to hold, such as `/roles`.
    ///   - milliseconds: how late `slow` is.
    /// - Throws: `not_found` for a name that is none of `Fault.all`.
    package func set(
        _ name: String, times: Int? = 1, matching: String? = nil, milliseconds: Int? = nil
    ) throws(SimulatorError) {
        guard let fault = Fault.named(name) else {
            let near = Suggestion.nearest(to: name, among: Fault.all.map(\.name))
            throw SimulatorError(
                .notFound, "there is no fault \(quoted(name))", hint: near.map { "did you mean \($0)?" })
        }
        if let times, times < 1 { throw .invalid("times has to be 1 or more") }
        withWorld {
            $0.faults.add(
                FaultPlan.Entry(fault: fault, remaining: times, matching: matching, milliseconds: milliseconds))
        }
    }

    /// Takes every fault back.
    package func clearFaults() { withWorld { $0.faults.removeAll() } }

    /// How late every answer of a vendor is.
    package func setLatency(_ latency: Duration) { withWorld { $0.latency = latency } }

    /// Refuses callers that are over Dataverse's service protection limits.
    package func enforceServiceProtection(requests: Int = 6000, concurrent: Int = 52) {
        withWorld {
            $0.protection.isEnforced = true
            $0.protection.requestLimit = requests
            $0.protection.concurrencyLimit = concurrent
        }
    }

    /// Merges JSON (RFC 7396) into what the population says of a person; makes her or him where nobody has the name.
    ///
    /// - Throws: `configuration_invalid`, with nothing changed.
    package func changePerson(_ name: String, _ json: String) throws(SimulatorError) {
        try change(name, of: .people, json)
    }

    /// The same for a client (`redirectURIs`, `secrets`, `certificates`, `consents`, ...).
    package func changeClient(_ name: String, _ json: String) throws(SimulatorError) {
        try change(name, of: .clients, json)
    }

    /// The same for an environment (`applicationUsers`, `missingColumns`, `disabled`, ...).
    package func changeEnvironment(_ name: String, _ json: String) throws(SimulatorError) {
        guard sites.sites.contains(.dataverse(name)) else {
            throw SimulatorError(.notFound, "there is no environment \(quoted(name))")
        }
        try change(name, of: .environments, json)
    }

    private func change(_ name: String, of list: Population.List, _ json: String) throws(SimulatorError) {
        let patch: JSONValue
        do throws(JSONError) {
            patch = try JSONValue(parsing: json.utf8)
        } catch {
            throw .invalid("the change is no JSON: \(error)")
        }
        try change(name, of: list, patch)
    }

    func change(_ name: String, of list: Population.List, _ patch: JSONValue) throws(SimulatorError) {
        let now = now
        try withWorld { world throws(SimulatorError) in
            try world.population.change(name, of: list, with: patch, at: now)
        }
    }

    /// Signs ID tokens with a new key from now on.
    ///
    /// - Parameter keepsOld: whether the keys of before stay published.
    package func rotateKeys(keepsOld: Bool = true) throws(SimulatorError) {
        var keys = withWorld { $0.entra.keys }
        try keys.rotate(keepsOld: keepsOld)
        withWorld { [keys] world in world.entra.keys = keys }
    }

    /// Makes every refresh token useless, as a changed password does.
    package func revokeRefreshTokens() { withWorld { $0.entra.refreshTokens.removeAll() } }

    /// The last requests, oldest first.
    package var requests: [SeenRequest] { withWorld { $0.journal.requests } }

    /// How many requests there were.
    package var requestCount: Int { withWorld { $0.journal.count } }

    /// Forgets the requests of so far.
    package func clearRequests() { withWorld { $0.journal.removeAll() } }

    /// Where the bridge is, by the first redirect URI that is one of its own; `nil` where a document has none.
    package var bridgeURL: String? {
        withWorld { world in
            world.population.clients.lazy.flatMap(\.redirectURIs).first { $0.hasSuffix(Self.callback) }
                .map { String($0.dropLast(Self.callback.utf8.count)) }
        }
    }

    private static let callback = "/api/1/dynamics/auth/callback"

    /// The application id of a client.
    package func clientID(_ name: String) -> String? {
        withWorld { $0.population.clients.first { $0.name == name }?.id.value }
    }

    /// The directory id of a tenant.
    package func tenantID(_ name: String) -> String? { withWorld { $0.population.tenant(named: name)?.id.value } }

    /// The Entra object id of a person.
    package func objectID(_ name: String) -> String? { withWorld { $0.population.person(name)?.objectID.value } }
}
