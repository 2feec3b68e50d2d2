import BridgeCore
import BridgeCrypto
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("What Canvas posts")
struct CanvasTests {
    let salesforce: SalesforceStandIn

    init() throws { salesforce = try SalesforceStandIn() }

    private func isSigned(_ request: String) throws -> Bool {
        let halves = request.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard halves.count == 2 else { return false }
        return Base64.decode(halves[0].utf8) == (try PlainHMAC.code(of: halves[1], key: salesforce.consumer().secret))
    }

    private func body(_ request: String) throws -> JSONValue {
        let text = try (request.split(separator: ".").last).unwrapped("payload")
        return try JSONValue(parsing: try Base64.decode(text.utf8).unwrapped("Base64"))
    }

    @Test("is signed with the app's secret, and says who, where and with which token")
    func right() throws {
        let request = try salesforce.simulator.signedRequest(for: "ben", parameters: .object([]))
        #expect(try isSigned(request))
        let body = try body(request)
        #expect(body["algorithm"]?.stringValue == "HMACSHA256")
        #expect(body["issuedAt"]?.integerValue == salesforce.standIns.clock.now.milliseconds)
        #expect(try body["userId"]?.stringValue == salesforce.user("ben"))
        let context = body["context"]
        #expect(try context?["organization"]?["organizationId"]?.stringValue == salesforce.organization())
        #expect(
            context?["application"]?["applicationId"]?.stringValue
                == salesforce.simulator.consumer()?.applicationID)
        #expect(context?["user"]?["email"]?.stringValue == "ben@acme.example")
        #expect(body["client"]?["instanceUrl"]?.stringValue == salesforce.acme)
        let token = try (body["client"]?["oauthToken"]?.stringValue).unwrapped("token")
        let info = try salesforce.data("/services/oauth2/userinfo", token: token).json
        #expect(try info["user_id"]?.stringValue == salesforce.user("ben"))
        #expect(try salesforce.simulator.signedRequest(for: "ben") != request)
    }

    /// Those that do not touch the signature.
    private static let inside: Set<CanvasDefect> = [
        .otherAlgorithm, .noAlgorithm, .lowerCaseAlgorithm, .old, .future, .inSeconds, .noTime, .nullTime,
        .otherOrganization, .otherApplication, .noApplication, .otherAuthorization, .otherUser, .noToken, .deadToken,
        .instanceElsewhere, .noUser, .notJSON,
    ]

    @Test("can be wrong in every way", arguments: CanvasDefect.allCases)
    func defects(defect: CanvasDefect) throws {
        let request = try salesforce.simulator.signedRequest(for: "ben", defect: defect)
        #expect(try isSigned(request) == Self.inside.contains(defect))
        #expect(!defect.summary.isEmpty)
        switch defect {
        case .malformed: #expect(!request.contains("."))
        case .old:
            #expect(
                try (body(request)["issuedAt"]?.integerValue ?? 0) + 600_000
                    == salesforce.standIns.clock.now.milliseconds)
        case .inSeconds: #expect(try body(request)["issuedAt"]?.integerValue == salesforce.standIns.clock.now.seconds)
        case .nullTime: #expect(try body(request)["issuedAt"] == .null)
        case .noApplication: #expect(try body(request)["context"]?["application"]?["applicationId"] == nil)
        case .otherAuthorization:
            #expect(try body(request)["context"]?["application"]?["authType"] == .string("OAUTH"))
        case .noToken: #expect(try body(request)["client"]?["oauthToken"] == nil)
        case .deadToken:
            let token = try (body(request)["client"]?["oauthToken"]?.stringValue).unwrapped("token")
            #expect(try salesforce.data("/services/oauth2/userinfo", token: token).text == "Bad_OAuth_Token")
        default: break
        }
    }

    @Test("comes from a page of the org, for whoever is chosen there")
    func page() throws {
        let choice = try salesforce.standIns.get("\(salesforce.acme)/canvas/bridge?license=trial12345")
        #expect(choice.text.contains("/canvas/bridge?user=ben&amp;license=trial12345"))
        let page = try salesforce.standIns.get("\(salesforce.acme)/canvas/bridge?user=ben&license=trial12345").text
        #expect(page.contains("action=\"\(StandIns.bridgeURL)/api/1/salesforce/canvas?license=trial12345\""))
        let value = try (page.split(separator: "name=\"signed_request\" value=\"").last?.prefix { $0 != "\"" })
            .unwrapped("signed request")
        #expect(try isSigned(String(value)))
        #expect(try salesforce.standIns.get("\(salesforce.acme)/canvas/bridge?user=nobody").status == .badRequest)
        #expect(try salesforce.standIns.get("\(salesforce.acme)/canvas/nothing?user=ben").status == .notFound)
        #expect(throws: SimulatorError.self) { try salesforce.simulator.signedRequest(for: "nobody") }
    }
}
