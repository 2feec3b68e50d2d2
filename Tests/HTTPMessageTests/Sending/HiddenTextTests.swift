import BridgeCore
import HTTPMessage
import Testing

/// What is printed, interpolated or reflected ends up in logs and errors.
@Suite("What is sent and received is not shown")
struct HiddenTextTests {
    private static let secret = "hunter2"

    private static func request() throws -> OutgoingRequest {
        let url = try #require(RequestURL("https://a.example/\(secret)?code=\(secret)"))
        var request = OutgoingRequest(.post, url, to: HostRule(only: url.origin))
        request.fields.append(.location, HTTPFieldValue(replacingIllegalIn: secret))
        request.bearerToken = Secret(Array(secret.utf8))
        var form = FormFields()
        form.append("client_secret", secret)
        request.body = .form(form)
        return request
    }

    @Test func `in the text of a request`() throws {
        let request = try Self.request()
        #expect("\(request)" == "POST https://a.example")
        #expect(!Self.shows(request))
        #expect(!Self.shows(request.url))
        #expect(!Self.shows(try #require(request.body)))
    }

    @Test func `in the text of a form and of a response`() {
        var form = FormFields()
        form.append("client_secret", Self.secret)
        #expect(!Self.shows(form))
        let response = IncomingResponse(.ok, fields: [], body: Array(Self.secret.utf8))
        #expect("\(response)" == "200, 7 bytes")
        #expect(!Self.shows(response))
    }

    private static func shows(_ value: some Any) -> Bool {
        var dumped = ""
        dump(value, to: &dumped)
        return [String(describing: value), String(reflecting: value), "\(value)", dumped].contains {
            $0.contains(secret) || $0.contains("104, 117, 110")
        }
    }
}
