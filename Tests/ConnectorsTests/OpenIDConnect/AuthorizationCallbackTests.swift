import BridgeTesting
import Connectors
import Testing

@Suite("What a browser brings back")
struct AuthorizationCallbackTests {
    /// A query, and what is read from it.
    struct Sample: Sendable, CustomTestStringConvertible {
        let query: String
        let state: String?
        let outcome: String

        init(_ query: String, state: String?, _ outcome: String) {
            (self.query, self.state, self.outcome) = (query, state, outcome)
        }

        var testDescription: String { query }
    }

    static let samples = [
        Sample("code=abc&state=s&session_state=x", state: "s", "code abc"),
        Sample("state=s&code=a%2Bb%20c", state: "s", "code a+b c"),
        Sample(
            "error=access_denied&error_description=AADSTS65004%3A+declined&state=s", state: "s",
            "error access_denied 65004"),
        Sample("code=abc&error=server_error&state=s", state: "s", "error server_error"),
        Sample("code=abc&error=&state=s", state: "s", "error "),
        Sample("code=abc&error=a&error=b&state=s", state: "s", "error "),
        Sample("code=abc&error=%ZZ&state=s", state: "s", "error "),
        Sample("code=abc&code=abc&state=s", state: "s", "nothing"),
        Sample("code=a&code=b&code=c&state=s", state: "s", "nothing"),
        Sample("code=abc&state=s&state=s", state: nil, "code abc"),
        Sample("code=abc&st%61te=s", state: "s", "code abc"),
        Sample("code=abc&state=", state: nil, "code abc"), Sample("code=abc", state: nil, "code abc"),
        Sample("code=&state=s", state: "s", "nothing"), Sample("state=s", state: "s", "nothing"),
        Sample("code&state=s", state: "s", "nothing"), Sample("CODE=abc&state=s", state: "s", "nothing"),
        Sample("code=%FF&state=s", state: "s", "nothing"), Sample("", state: nil, "nothing"),
        Sample("&&==&%", state: nil, "nothing"),
    ]

    @Test("is read: error before code, each name once", arguments: samples)
    func reads(_ sample: Sample) {
        let callback = AuthorizationCallback(query: sample.query)
        #expect(callback.state == sample.state)
        let outcome =
            switch callback.outcome {
            case .code(let code): "code \(String(decoding: code.copiedBytes, as: UTF8.self))"
            case .refused(let refusal): "error \(refusal.error)" + refusal.numbers.map { " \($0)" }.joined()
            case .nothing: "nothing"
            }
        #expect(outcome == sample.outcome)
    }

    @Test("names who answers, where the provider does")
    func issuer() {
        #expect(
            AuthorizationCallback(query: "code=a&iss=https%3A%2F%2Flogin.example").issuer == "https://login.example")
        #expect(AuthorizationCallback(query: "code=a").issuer == nil)
    }
}
