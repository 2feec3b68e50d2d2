import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

/// A browser with its cookie, between the service and the stand-in of a vendor.
final class LiveBrowser {
    private let journey: LiveJourney
    private let port: UInt16
    /// Whose sign-in it begins: `dynamics`, `salesforce`.
    private let system: String
    /// `name=value`.
    var cookie: String?
    var accept = "application/json"
    var language = "en"

    init(_ journey: LiveJourney, port: UInt16, system: String) {
        self.system = system
        self.journey = journey
        self.port = port
    }

    /// Where a browser is in the end.
    enum Place {
        /// At the service, which has answered this.
        case service(RawResponse)
        /// At the identity provider, which has not sent it back.
        case provider(HTTPResponse)

        /// `302`, `403 role_missing`, or `provider 400` where it never came back.
        var verdict: String {
            switch self {
            case .service(let answer): answer.verdict
            case .provider(let page): "provider \(page.status.rawValue)"
            }
        }

        /// The answer of the service.
        var answer: RawResponse {
            get throws {
                guard case .service(let answer) = self else { throw MissingFixture(name: "way back from Entra") }
                return answer
            }
        }
    }

    func get(_ target: String) throws -> RawResponse {
        let client = try RawClient(port: port)
        var fields = ["Accept: \(accept)", "Accept-Language: \(language)"]
        if let cookie { fields.append("Cookie: \(cookie)") }
        client.send(ServiceUnderTest.request("GET", target, fields: fields))
        return journey.keep(try client.response(toHead: false))
    }

    /// Begins a sign-in; keeps the cookie.
    func begin(_ query: String = "") throws -> RawResponse {
        let answer = try get("/api/1/\(system)/auth?license=\(TokenMaker.license)\(query.isEmpty ? "" : "&\(query)")")
        if let set = answer["set-cookie"] { cookie = set.split(separator: ";").first.map(String.init) }
        return answer
    }

    /// Goes where `begun` sends it and is `person` there; the path and query it is sent back with, or Entra's own page.
    func authorize(_ begun: RawResponse, as person: String) throws -> Result<String, Stay> {
        try follow(try #require(begun["location"], "\(begun.status) \(begun.text)"), as: person)
    }

    /// Opens a page of Entra's as `person`.
    func follow(_ url: String, as person: String) throws -> Result<String, Stay> {
        let page = try journey.visit("\(url)&simulator_person=\(person)").unwrapped("stand-in of \(url)")
        guard let location = page.fields[.location]?.text, location.hasPrefix(LiveJourney.publicURL) else {
            return .failure(Stay(page: page))
        }
        return .success(String(location.dropFirst(LiveJourney.publicURL.utf8.count)))
    }

    /// What Entra shows in the place of sending the browser back.
    struct Stay: Error { let page: HTTPResponse }

    /// Signs `person` in, from the beginning to where the browser ends up.
    func signIn(_ person: String, _ query: String = "") throws -> Place {
        let begun = try begin(query)
        guard begun.status == 302 else { return .service(begun) }
        switch try authorize(begun, as: person) {
        case .success(let target): return .service(try get(target))
        case .failure(let stay): return .provider(stay.page)
        }
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
