import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

@testable import Connectors

@Suite("A refusal of an environment")
struct DataverseRefusalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: IncomingResponse
        let code: ReasonCode
        let fixedBy: FixedBy?
        let says: String
        let vendorCode: String?

        init(
            _ name: String, _ answer: IncomingResponse, _ code: ReasonCode, _ fixedBy: FixedBy?, says: String = "",
            vendorCode: String? = nil
        ) {
            (testDescription, self.answer, self.code) = (name, answer, code)
            (self.fixedBy, self.says, self.vendorCode) = (fixedBy, says, vendorCode)
        }
    }

    private static func throttled(_ code: String) -> IncomingResponse {
        var answer = IncomingResponse.refusal(429, code)
        answer.fields.append(.retryAfter, "17")
        return answer
    }

    private static let environment = FixedBy.environmentAdministrator

    static let rows = [
        Row(
            "no application user", .refusal(403, "0x80072560"), .applicationUserMissing, environment,
            says: "no application user", vendorCode: "0x80072560"),
        Row(
            "no application user, as 401", .refusal(401, "0x80072560"), .applicationUserMissing, environment,
            vendorCode: "0x80072560"),
        Row("a code in capitals", .refusal(403, "0X80072560"), .applicationUserMissing, environment),
        Row(
            "disabled application user", .refusal(403, "0x80040225"), .applicationUserMissing, environment,
            says: "disabled", vendorCode: "0x80040225"),
        Row(
            "no privilege", .refusal(403, "0x80040220", "Principal user is missing prvReadRole privilege (Id=1)"),
            .securityRoleMissing, environment, says: "lacks the privilege prvReadRole", vendorCode: "0x80040220"),
        Row(
            "no privilege, as 401", .refusal(401, "0x80040220"), .securityRoleMissing, environment,
            says: "lacks a privilege"),
        Row("access denied", .refusal(403, "0x80048306"), .securityRoleMissing, environment, vendorCode: "0x80048306"),
        // S3-27: both statuses are one diagnosis where no code says more.
        Row("401 without a code", .refusal(401, ""), .applicationUserMissing, environment, vendorCode: "401"),
        Row("403 without a code", .refusal(403, ""), .applicationUserMissing, environment, vendorCode: "403"),
        Row("401 without a body", IncomingResponse(HTTPStatus(rawValue: 401)), .applicationUserMissing, environment),
        Row("403 with a page", .page(403), .applicationUserMissing, environment, says: "with a page"),
        Row(
            "an unknown code", .refusal(403, "0x80091234", "something new"), .applicationUserMissing, environment,
            says: "answered 403 0x80091234: something new", vendorCode: "0x80091234"),
        Row(
            "requests", throttled("0x80072322"), .upstreamThrottled, nil, says: "too many requests in 5 minutes",
            vendorCode: "0x80072322"),
        Row("time", throttled("0x80072321"), .upstreamThrottled, nil, says: "too much time", vendorCode: "0x80072321"),
        Row(
            "concurrency", throttled("0x80072326"), .upstreamThrottled, nil, says: "at once", vendorCode: "0x80072326"),
        Row("429 of a front door", .page(429), .upstreamThrottled, nil, vendorCode: "429"),
        // S2-25: none of these is "role missing".
        Row("404", .refusal(404, ""), .environmentNotFound, environment, says: "answered 404", vendorCode: "404"),
        Row("404 with a page", .page(404), .environmentNotFound, environment, says: "with a page"),
        Row(
            "a wrong version", .refusal(404, "0x8006088a", "Resource not found for the segment 'v9.2'"),
            .environmentNotFound, environment, says: "segment 'v9.2'"),
        Row("a redirect", IncomingResponse(HTTPStatus(rawValue: 302)), .environmentNotFound, environment, says: "302"),
        Row("500", .refusal(500, ""), .upstreamUnavailable, nil, vendorCode: "500"),
        Row("503 with a page", .page(503), .upstreamUnavailable, nil, says: "with a page"),
        Row("501", .refusal(501, ""), .upstreamUnavailable, nil, vendorCode: "501"),
        Row(
            "a query it does not know", .refusal(400, "0x80060888", "Could not find a property"), .upstreamUnavailable,
            .bridgeOperator, says: "Could not find a property", vendorCode: "0x80060888"),
        Row("204", IncomingResponse(HTTPStatus(rawValue: 204)), .upstreamUnavailable, .bridgeOperator),
        Row("200 with a page", .page(200), .environmentNotFound, environment, says: "with a page and not with data"),
        Row("200 with nothing", IncomingResponse(.ok), .upstreamUnavailable, .bridgeOperator, says: "with nothing"),
        Row("200 with text", .json("hello"), .upstreamUnavailable, .bridgeOperator, says: "what is no JSON"),
        Row("200 with a list", .json("[]"), .upstreamUnavailable, .bridgeOperator),
        Row("200 with half an answer", .json(#"{"UserId":"#), .upstreamUnavailable, .bridgeOperator),
        Row("200 without the ids", .json("{}"), .upstreamUnavailable, .bridgeOperator, says: "who is asking"),
    ]

    private static func error(_ sender: any HTTPSender, _ caller: DataverseCaller) async throws -> ConnectorError {
        let client = DataverseClient(
            sender: sender, environment: try EnvironmentURL(FakeEnvironment.origin, rules: EnvironmentRules()),
            token: AccessToken(Secret(Array("b3arer-t0ken".utf8)), expiresAt: nil), caller: caller)
        return try #require(await #expect(throws: ConnectorError.self) { _ = try await client.whoAmI() })
    }

    @Test("of the bridge says cause, fix and who can do it", arguments: rows)
    func meaning(row: Row) async throws {
        let error = try await Self.error(FakeEnvironment(["WhoAmI": row.answer]), .application)
        #expect(error.code == row.code, "\(error)")
        #expect(error.fixedBy == row.fixedBy)
        #expect(error.detail.contains(row.says), "\(error.detail)")
        #expect(error.hint?.isEmpty == false)
        if let vendorCode = row.vendorCode { #expect(error.vendorCode == vendorCode) }
    }

    @Test("says how long to wait")
    func retryAfter() async throws {
        let environment = FakeEnvironment(["WhoAmI": Self.throttled("0x80072322")])
        let error = try await Self.error(environment, .application)
        #expect(error.retryAfter == 17 && error.hint?.contains("17 s") == true)
    }

    @Test(
        "of a person who reads for themselves says what that means for the person",
        arguments: [
            ("0x80072560", ReasonCode.userUnknown), ("0x80040225", .userInactive), ("0x80040220", .rolesUnavailable),
            ("0x80048306", .rolesUnavailable), ("", .rolesUnavailable),
        ])
    func person(vendorCode: String, code: ReasonCode) async throws {
        for status in [401, 403] as [UInt16] {
            let environment = FakeEnvironment(["WhoAmI": .refusal(status, vendorCode)])
            #expect(try await Self.error(environment, .person).code == code)
        }
    }

    @Test("shows what the environment wrote in one short line, and never the token")
    func cleaned() async throws {
        let message = "a\\u001b[2J\\nb\\u202e b3arer-t0ken " + String(repeating: "x", count: 5_000)
        let error = try await Self.error(FakeEnvironment(["WhoAmI": .refusal(403, "0x1", message)]), .application)
        #expect(error.detail.utf8.count < 600)
        #expect(!error.detail.contains("b3arer-t0ken"))
        #expect(!error.detail.unicodeScalars.contains { ["\u{1B}", "\n", "\u{202E}"].contains($0) })
    }

    @Test("takes no code for one that is none", arguments: ["0x", "0xzz", "80072560", "<b>", "0x8007256012345678901"])
    func noCode(code: String) async throws {
        #expect(
            try await Self.error(FakeEnvironment(["WhoAmI": .refusal(403, code)]), .application).vendorCode == "403")
    }

    @Test(
        "is another thing than no answer at all (S2-25)",
        arguments: [
            (SendError.Failure.unresolved, ReasonCode.environmentNotFound), (.deadline, .upstreamUnavailable),
            (.unconnected, .upstreamUnavailable), (.certificate, .upstreamUnavailable),
            (.throttled, .upstreamThrottled),
        ])
    func unsent(failure: SendError.Failure, code: ReasonCode) async throws {
        let sender = ScriptedSender { _ throws(SendError) in
            throw SendError(
                failure, failure == .throttled ? .upstreamThrottled : .upstreamUnavailable, "no answer came",
                hint: "wait")
        }
        let error = try await Self.error(sender, .application)
        #expect(error.code == code)
        #expect(error.code != .applicationUserMissing && error.code != .securityRoleMissing)
    }
}
