package import BridgeCore
import BridgeCrypto

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

    /// The same for an org (`users`, `connectedApps`, `permissionSets`, `apiLimit`, `pageSize`, ...).
    package func changeOrg(_ name: String = "acme", _ json: String) throws(SimulatorError) {
        guard sites.sites.contains(.salesforce(name)) else {
            throw SimulatorError(.notFound, "there is no org \(quoted(name))")
        }
        try change(name, of: .orgs, json)
    }

    /// The same for a user of an org, a generated one, too.
    package func changeUser(_ name: String, in org: String = "acme", _ json: String) throws(SimulatorError) {
        try changeMember(name, of: "users", in: org, json)
    }

    /// The same for a connected app of an org.
    package func changeApp(_ name: String = "bridge", in org: String = "acme", _ json: String) throws(SimulatorError) {
        try changeMember(name, of: "connectedApps", in: org, json)
    }

    private func changeMember(
        _ name: String, of list: String, in org: String, _ json: String
    ) throws(SimulatorError) {
        let members = JSONValue.object([JSONMember(name: name, value: try Self.parsed(json))])
        guard sites.sites.contains(.salesforce(org)) else {
            throw SimulatorError(.notFound, "there is no org \(quoted(org))")
        }
        try change(org, of: .orgs, .object([JSONMember(name: list, value: members)]))
    }

    private func change(_ name: String, of list: Population.List, _ json: String) throws(SimulatorError) {
        try change(name, of: list, try Self.parsed(json))
    }

    private static func parsed(_ json: String) throws(SimulatorError) -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(parsing: json.utf8)
        } catch {
            throw .invalid("the change is no JSON: \(error)")
        }
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
        var (entra, salesforce) = withWorld { ($0.entra.keys, $0.salesforce.keys) }
        try entra.rotate(keepsOld: keepsOld)
        try salesforce.rotate(keepsOld: keepsOld)
        withWorld { [entra, salesforce] world in
            world.entra.keys = entra
            world.salesforce.keys = salesforce
        }
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

    /// The organization id of an org, 18 characters.
    package func organizationID(_ org: String = "acme") -> String? {
        withWorld { $0.population.org(named: org)?.id }
    }

    /// The id of a user of an org, 18 characters; generated ones included.
    package func userID(_ name: String, in org: String = "acme") -> String? {
        withWorld { $0.population.org(named: org)?.users.user(name)?.id }
    }

    /// Whether any org has a user of that name.
    func hasOrgUser(_ name: String) -> Bool {
        withWorld { world in world.population.orgs.contains { $0.users.user(name) != nil } }
    }

    /// Consumer key and secret of a connected app, and what Canvas calls it.
    package func consumer(
        _ app: String = "bridge", in org: String = "acme"
    ) -> (key: String, secret: String, applicationID: String)? {
        withWorld { world in
            world.population.org(named: org)?.app(app).map {
                ($0.consumerKey, $0.consumerSecret, $0.canvasID)
            }
        }
    }

    /// The id of a permission set, by what the document calls it.
    package func permissionSetID(_ key: String, in org: String = "acme") -> String? {
        withWorld { world in world.population.org(named: org)?.sets.first { $0.key == key }?.id }
    }

    /// The private key of every app whose key is `generated` (PKCS#8, PEM).
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package func applicationKey() throws(SimulatorError) -> Secret {
        let key = try KeyStore.shared.application()
        do throws(CryptoError) {
            return try key.exportPEM()
        } catch {
            throw SimulatorError(error)
        }
    }

    /// Ends every session of an org's people, as an administrator can.
    package func endSessions() { withWorld { $0.salesforce.sessions.removeAll() } }
}
