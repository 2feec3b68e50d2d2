import BridgeCore
import BridgeCrypto
import BridgeTesting
import HTTPMessage
import Simulators

/// The stand-ins without a socket, and a bridge's side of their protocols in the plainest form.
struct StandIns {
    static let bridgeURL = "https://bridge.example"
    static let redirectURI = "\(bridgeURL)/api/1/dynamics/auth/callback"
    static let verifier = "verifier-verifier-verifier-verifier-verifier-1"
    static let secret = "Sim8Q~bridge-secret-value"

    let simulator: Simulator
    var desk: VendorDesk { VendorDesk(simulator) }
    let clock = MovingClock()

    /// The population of most tests, read once.
    private static let named = Result { try PopulationSource.builtIn(bridgeURL: bridgeURL) }

    init(people: Int = 0) throws {
        let source =
            try people == 0
            ? Self.named.get() : PopulationSource.builtIn(bridgeURL: Self.bridgeURL, generatedCount: people)
        simulator = try Simulator(source, sites: SiteMap(unconnected: source.sites), clock: clock)
    }

    var entra: String { simulator.sites[.entra] }
    var contoso: String { simulator.sites[.dataverse("contoso")] }
    var api: String { "\(contoso)/api/data/v9.2" }
    var discovery: String { simulator.sites[.discovery] }

    func tenant(_ name: String = "contoso") throws -> String {
        try simulator.tenantID(name).unwrapped("tenant \(name)")
    }

    func client(_ name: String = "bridge") throws -> String { try simulator.clientID(name).unwrapped("client \(name)") }

    func person(_ name: String) throws -> String { try simulator.objectID(name).unwrapped("person \(name)") }

    /// Asks for an absolute URL.
    func get(_ url: String, _ fields: [String: String] = [:]) throws -> HTTPResponse {
        try send(.get, url, fields, [])
    }

    /// Posts a form.
    func post(_ url: String, _ form: [String: String], _ fields: [String: String] = [:]) throws -> HTTPResponse {
        let type = ["Content-Type": "application/x-www-form-urlencoded"]
        return try send(.post, url, type.merging(fields) { $1 }, Array(Self.encoded(form).utf8))
    }

    func send(_ method: HTTPMethod, _ url: String, _ fields: [String: String], _ body: [UInt8]) throws -> HTTPResponse {
        var list: HTTPFields = []
        for (name, value) in fields {
            list.append(try HTTPFieldName(name).unwrapped(name), try HTTPFieldValue(value).unwrapped(value))
        }
        let request = SimulatedRequest(method, url, of: simulator.sites, fields: list, body: body)
        let answer = desk.answer(try request.unwrapped("site of \(url)"))
        simulator.finish(answer)
        return answer.response
    }

    static func encoded(_ form: [String: String]) -> String {
        form.map { "\(escaped($0.key))=\(escaped($0.value))" }.joined(separator: "&")
    }

    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            return isPlain || "-._~".utf8.contains(byte)
                ? String(UnicodeScalar(byte)) : "%\(Hex.encode([byte]))"
        }.joined()
    }
}

extension StandIns {
    /// The parameters of a right request to sign somebody in.
    func signInParameters(_ person: String) throws -> [String: String] {
        let challenge = Base64URL.encode(try SHA256Digest(of: Array(Self.verifier.utf8)).bytes)
        return [
            "client_id": try client(), "response_type": "code", "redirect_uri": Self.redirectURI,
            "scope": "openid profile offline_access \(contoso)/user_impersonation", "state": "state-1",
            "nonce": "nonce-1", "code_challenge": challenge, "code_challenge_method": "S256",
            "simulator_person": person,
        ]
    }

    func authorizeURL(_ path: String? = nil) throws -> String {
        "\(entra)/\(try path ?? tenant())/oauth2/v2.0/authorize"
    }

    func tokenURL(_ path: String? = nil) throws -> String { "\(entra)/\(try path ?? tenant())/oauth2/v2.0/token" }

    /// Signs somebody in, with some parameters changed; `nil` leaves one out.
    func signIn(
        _ person: String = "ben", _ changes: [String: String?] = [:], at path: String? = nil
    ) throws -> HTTPResponse {
        var parameters = try signInParameters(person)
        for (name, value) in changes { parameters[name] = value }
        return try get("\(authorizeURL(path))?\(Self.encoded(parameters))")
    }

    /// The code of a sign-in that works.
    func code(_ person: String = "ben", _ changes: [String: String?] = [:], at path: String? = nil) throws -> String {
        try signIn(person, changes, at: path).callback["code"].unwrapped("code")
    }

    /// The form that redeems `code`.
    func codeForm(_ code: String) throws -> [String: String] {
        [
            "grant_type": "authorization_code", "client_id": try client(), "client_secret": Self.secret, "code": code,
            "redirect_uri": Self.redirectURI, "code_verifier": Self.verifier,
        ]
    }

    /// Redeems a code with some fields changed; `nil` leaves one out.
    func redeem(_ code: String, _ changes: [String: String?] = [:], at path: String? = nil) throws -> HTTPResponse {
        var form = try codeForm(code)
        for (name, value) in changes { form[name] = value }
        return try post(try tokenURL(path), form)
    }

    /// Asks for a token of the application itself.
    func applicationToken(
        _ changes: [String: String?] = [:], at path: String? = nil, _ fields: [String: String] = [:]
    ) throws -> HTTPResponse {
        var form = [
            "grant_type": "client_credentials", "client_id": try client(), "client_secret": Self.secret,
            "scope": "\(contoso)/.default",
        ]
        for (name, value) in changes { form[name] = value }
        return try post(try tokenURL(path), form, fields)
    }

    /// Asks Dataverse with the application's token, or with `token`.
    func dataverse(_ target: String, token: String? = nil, _ fields: [String: String] = [:]) throws -> HTTPResponse {
        let bearer = try token ?? applicationToken().json["access_token"]?.stringValue ?? ""
        return try get("\(api)/\(target)", fields.merging(["Authorization": "Bearer \(bearer)"]) { $1 })
    }

    /// A token with which a person calls `resource`.
    func personToken(_ person: String, for resource: String? = nil) throws -> String {
        let scope = "openid profile offline_access \(resource ?? contoso)/user_impersonation"
        let answer = try redeem(try code(person, ["scope": scope]))
        return try (answer.json["access_token"]?.stringValue).unwrapped("access token")
    }
}

extension HTTPResponse {
    /// The body as JSON; null where it is none.
    var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The parameters of the redirect.
    var callback: [String: String] {
        guard let location = fields[.location]?.text, let mark = location.firstIndex(where: { "?#".contains($0) })
        else {
            return [:]
        }
        var values: [String: String] = [:]
        for pair in location[location.index(after: mark)...].split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values[String(halves[0])] = halves.count == 2 ? Self.decoded(halves[1]) : ""
        }
        return values
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The number in the text of an error of Entra's, wherever it is told.
    var aadsts: Int? {
        let text = callback["error_description"] ?? json["error_description"]?.stringValue ?? text
        guard let start = text.firstRange(of: "AADSTS")?.upperBound else { return nil }
        return Int(text[start...].prefix { $0.isNumber })
    }

    /// The code of an error of Dataverse's.
    var dataverseCode: String? { json["error"]?["code"]?.stringValue }
}
