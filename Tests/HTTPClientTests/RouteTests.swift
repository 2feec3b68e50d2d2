import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

@testable import HTTPClient

@Suite("The way of a request")
struct RouteTests {
    enum Verdict: Equatable {
        case allowed(AddressRule)
        case refused(SendError.Failure)
    }

    /// What is asked for and what is allowed, and the rule for addresses or the failure.
    struct Row: Sendable, CustomTestStringConvertible {
        let url: String
        let isLoopbackAllowed: Bool
        let verdict: Verdict

        var testDescription: String { "\(url), loopback \(isLoopbackAllowed)" }

        init(_ url: String, loopback: Bool = false, _ rule: AddressRule) {
            (self.url, isLoopbackAllowed, verdict) = (url, loopback, .allowed(rule))
        }

        init(_ url: String, loopback: Bool = false, _ failure: SendError.Failure) {
            (self.url, isLoopbackAllowed, verdict) = (url, loopback, .refused(failure))
        }
    }

    private static let rows: [Row] = [
        Row("https://a.example", .publicOnly), Row("https://1.1.1.1", .publicOnly),
        Row("http://a.example", .hostNotAllowed), Row("http://a.example", loopback: true, .hostNotAllowed),
        Row("http://127.0.0.1", .hostNotAllowed), Row("http://127.0.0.1", loopback: true, .loopbackOnly),
        Row("http://localhost:8080", loopback: true, .loopbackOnly), Row("http://[::1]", loopback: true, .loopbackOnly),
        Row("https://localhost", loopback: true, .loopbackOnly), Row("https://localhost", .publicOnly),
        Row("https://127.0.0.1", .addressNotAllowed), Row("https://[::1]", .addressNotAllowed),
        Row("https://127.0.0.2", loopback: true, .addressNotAllowed), Row("https://10.0.0.1", .addressNotAllowed),
        Row("https://169.254.169.254", .addressNotAllowed), Row("https://[fd00:ec2::254]", .addressNotAllowed),
        Row("https://[64:ff9b::a9fe:a9fe]", .addressNotAllowed),
        Row("https://10.9.9.9", .any), Row("https://own.example:8443", .any), Row("https://own.example", .publicOnly),
        Row("http://10.9.9.9", loopback: true, .hostNotAllowed), Row("https://elsewhere.example", .hostNotAllowed),
    ]

    private static func configuration(loopback: Bool) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(userAgent: "test", clock: FixedClock())
        configuration.privateHosts = HostList(["10.9.9.9", "own.example:8443"].compactMap(HostList.entry))
        configuration.allowsInsecureLoopback = loopback
        return configuration
    }

    private static func request(_ text: String) throws -> OutgoingRequest {
        let url = try #require(RequestURL(text))
        let isElsewhere = url.origin.host == "elsewhere.example"
        return OutgoingRequest(.get, url, to: isElsewhere ? HostRule(["a.example"]) : HostRule(only: url.origin))
    }

    @Test("is a table", arguments: rows) func judging(row: Row) throws {
        let request = try Self.request(row.url)
        let configuration = Self.configuration(loopback: row.isLoopbackAllowed)
        do throws(SendError) {
            #expect(.allowed(try configuration.route(for: request).rule) == row.verdict)
        } catch {
            #expect(.refused(error.failure) == row.verdict)
            #expect(error.code == .configurationInvalid)
            #expect(error.detail.contains(request.url.origin.host) && error.hint != nil)
        }
    }

    @Test func `with a proxy leaves names to the proxy, and judges addresses that are written down`() throws {
        var configuration = Self.configuration(loopback: false)
        configuration.proxies = try ProxySettings(environment: ["https_proxy": "http://10.0.0.1:3128"])
        #expect(try configuration.route(for: Self.request("https://a.example")).rule == .any)
        #expect(try configuration.route(for: Self.request("https://a.example")).proxy?.url == "http://10.0.0.1:3128")
        #expect(throws: SendError.self) { try configuration.route(for: Self.request("https://169.254.169.254")) }
        #expect(try configuration.route(for: Self.request("https://localhost")).rule == .publicOnly)
    }
}
