import BridgeCore
import BridgeCrypto
import BridgeTesting
import HTTPMessage
import Simulators

/// Salesforce's stand-in without a socket, and a bridge's side of its protocols in the plainest form.
struct SalesforceStandIn {
    static let redirectURI = "\(StandIns.bridgeURL)/api/1/salesforce/auth/callback"
    static let verifier = StandIns.verifier
    static let bearerGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

    let standIns: StandIns
    var simulator: Simulator { standIns.simulator }
    var login: String { simulator.sites[.salesforceLogin] }
    var sandboxLogin: String { simulator.sites[.salesforceTest] }
    var acme: String { simulator.sites[.salesforce("acme")] }

    private static let key = Result { () throws -> RSAPrivateKey in
        let source = try PopulationSource.builtIn(bridgeURL: StandIns.bridgeURL)
        let simulator = try Simulator(
            source, sites: SiteMap(unconnected: source.sites), clock: FixedClock(Timestamp(seconds: 0)))
        let pem = try simulator.applicationKey().withBytes { bytes in bytes.indices.map { bytes[$0] } }
        return try RSAPrivateKey(reading: pem, source: "key of the apps")
    }

    init(people: Int = 0) throws { standIns = try StandIns(people: people) }

    func consumer(_ app: String = "bridge", in org: String = "acme") throws -> (key: String, secret: String) {
        let found = try simulator.consumer(app, in: org).unwrapped("app \(app)")
        return (found.key, found.secret)
    }

    func organization(_ org: String = "acme") throws -> String { try simulator.organizationID(org).unwrapped(org) }

    func user(_ name: String, in org: String = "acme") throws -> String {
        try simulator.userID(name, in: org).unwrapped(name)
    }

    /// The parameters of a right request to sign somebody in, with some changed; `nil` leaves one out.
    func signIn(
        _ person: String = "ben", _ changes: [String: String?] = [:], at origin: String? = nil, app: String = "bridge"
    ) throws -> HTTPResponse {
        var parameters = [
            "client_id": try consumer(app).key, "response_type": "code", "redirect_uri": Self.redirectURI,
            "scope": "openid id api", "state": "state-1", "nonce": "nonce-1",
            "code_challenge": Base64URL.encode(try SHA256Digest(of: Array(Self.verifier.utf8)).bytes),
            "code_challenge_method": "S256", "simulator_person": person,
        ]
        for (name, value) in changes { parameters[name] = value }
        return try standIns.get("\(origin ?? acme)/services/oauth2/authorize?\(StandIns.encoded(parameters))")
    }

    /// The code of a sign-in that works.
    func code(
        _ person: String = "ben", _ changes: [String: String?] = [:], at origin: String? = nil, app: String = "bridge"
    ) throws -> String {
        try signIn(person, changes, at: origin, app: app).callback["code"].unwrapped("code")
    }

    /// Redeems a code with some fields changed; `nil` leaves one out.
    func redeem(
        _ code: String, _ changes: [String: String?] = [:], at origin: String? = nil, app: String = "bridge"
    ) throws -> HTTPResponse {
        let consumer = try consumer(app)
        var form = [
            "grant_type": "authorization_code", "client_id": consumer.key, "client_secret": consumer.secret,
            "code": code, "redirect_uri": Self.redirectURI, "code_verifier": Self.verifier,
        ]
        for (name, value) in changes { form[name] = value }
        return try token(form, at: origin)
    }

    func token(_ form: [String: String], at origin: String? = nil, _ fields: [String: String] = [:]) throws
        -> HTTPResponse
    {
        try standIns.post("\(origin ?? acme)/services/oauth2/token", form, fields)
    }

    /// A right assertion with some claims changed; null leaves one out.
    func assertion(
        _ changes: [String: JSONValue] = [:], app: String = "bridge", header: String = #"{"alg":"RS256"}"#,
        key: RSAPrivateKey? = nil
    ) throws -> String {
        var claims: [String: JSONValue] = [
            "iss": .string(try consumer(app).key), "sub": .string("integration@acme.example"), "aud": .string(login),
            "exp": .number(.integer(standIns.clock.now.seconds + 120)),
        ]
        for (name, value) in changes { claims[name] = value }
        let members = claims.filter { $0.value != .null }.map { JSONMember(name: $0.key, value: $0.value) }
        var writer = JSONWriter()
        writer.value(.object(members))
        let text = "\(Base64URL.encode(Array(header.utf8))).\(Base64URL.encode(writer.bytes))"
        let signer = try TokenSigner(try key ?? Self.key.get())
        return "\(text).\(Base64URL.encode(try signer.signature(over: Array(text.utf8).span)))"
    }

    func bearer(_ assertion: String, at origin: String? = nil) throws -> HTTPResponse {
        try token(["grant_type": Self.bearerGrant, "assertion": assertion], at: origin ?? login)
    }

    /// An access token of the user with that username.
    func accessToken(_ username: String = "integration@acme.example") throws -> String {
        let answer = try bearer(try assertion(["sub": .string(username)]))
        return try (answer.json["access_token"]?.stringValue).unwrapped("token in \(answer.text)")
    }

    /// Asks the data API of `acme`.
    func data(_ path: String, token: String? = nil, _ fields: [String: String] = [:]) throws -> HTTPResponse {
        let bearer = ["Authorization": "Bearer \(try token ?? accessToken())"]
        return try standIns.get("\(acme)\(path)", bearer.merging(fields) { $1 })
    }

    /// Sends a query.
    func query(
        _ soql: String, token: String? = nil, version: Int = 66, _ fields: [String: String] = [:]
    ) throws -> HTTPResponse {
        try data("/services/data/v\(version).0/query?q=\(StandIns.escaped(soql))", token: token, fields)
    }

    /// The records of a query that is answered on one page.
    func records(_ soql: String, token: String? = nil) throws -> [JSONValue] {
        let answer = try query(soql, token: token)
        return try (answer.json["records"]?.arrayValue).unwrapped("records in \(answer.text)")
    }
}

extension HTTPResponse {
    /// `error` and `error_description`, wherever an OAuth endpoint tells them.
    var oauthError: String {
        let error = callback["error"] ?? json["error"]?.stringValue ?? ""
        let description = callback["error_description"] ?? json["error_description"]?.stringValue ?? ""
        return "\(error): \(description)"
    }

    /// The code of an error of the data API.
    var errorCode: String? { json.arrayValue?.first?["errorCode"]?.stringValue }
}
