import AuthService
import BridgeCore
import HTTPMessage
import Testing

@testable import BridgeService

@Suite("A problem document")
struct ProblemDocumentTests {
    private static func text(_ response: HTTPResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test("has the members of RFC 9457, the code, the hint and the request id")
    func members() {
        let denial = AccessDenial(.roleMissing, "no \"rule\" matches", hint: "ask")
        let response = ProblemDocument(denial, requestID: "r-1").response
        #expect(
            Self.text(response) == """
                {"type":"urn:cobrowse-sso:reason:role_missing","title":"Role missing","status":403,\
                "code":"role_missing","detail":"no \\"rule\\" matches","hint":"ask","requestId":"r-1"}
                """)
        #expect(response.status == .forbidden)
        #expect(response.fields[.contentType]?.text == "application/problem+json")
        #expect(response.fields[.cacheControl]?.text == "no-store")
        #expect(response.fields[.xRequestID]?.text == "r-1")
        #expect(response.fields[.wwwAuthenticate] == nil)
    }

    @Test("leaves out what there is not")
    func absent() {
        let response = ProblemDocument(status: .notFound, code: .notFound, detail: "x").response
        #expect(
            Self.text(response) == """
                {"type":"urn:cobrowse-sso:reason:not_found","title":"Not found","status":404,"code":"not_found",\
                "detail":"x"}
                """)
        #expect(response.fields[.xRequestID] == nil)
    }

    @Test("keeps the inside of the bridge inside")
    func inside() {
        let error = StoreError(.internal, "/var/lib/db: disk I/O error", hint: "mount /dev/sda")
        let text = Self.text(ProblemDocument(error, requestID: "r").response)
        #expect(!text.contains("/var") && !text.contains("/dev"))
        #expect(text.contains("\"status\":500") && text.contains("\"requestId\":\"r\""))
    }

    @Test(
        "asks for a token with 401, and says whether one was there",
        arguments: [
            (.unauthenticated, "Bearer"), (.tokenExpired, "Bearer error=\"invalid_token\""),
            (.issuerUnknown, "Bearer error=\"invalid_token\""), (.accountDisabled, nil), (.internal, nil),
        ] as [(ReasonCode, String?)])
    func challenge(code: ReasonCode, challenge: String?) {
        let response = ProblemDocument(AccessDenial(code, "x"), requestID: "r").response
        #expect(response.fields[.wwwAuthenticate]?.text == challenge)
    }

    @Test("has a status for every code, which is that of its group or of the exception")
    func statuses() {
        let exceptions: [ReasonCode: UInt16] = [
            .connectionMissing: 404, .notFound: 404, .connectionUnvalidated: 409, .conflict: 409, .stateInvalid: 400,
            .codeInvalid: 400, .redirectNotAllowed: 400, .upstreamUnavailable: 503, .upstreamThrottled: 503,
            .consentRequired: 403, .consentDeclined: 403, .forbidden: 403, .rateLimited: 429, .unauthenticated: 401,
            .internal: 500,
        ]
        for code in ReasonCode.allCases {
            let group: UInt16 =
                switch code.category {
                case .token: 401
                case .person: 403
                case .connection: 502
                case .input: 422
                }
            #expect(code.httpStatus.rawValue == exceptions[code] ?? group, "\(code)")
        }
        #expect(ReasonCode.allCases.count == 56)
    }

    @Test(
        "of the server's own refusals has a code",
        arguments: [
            (.badRequest, .forbidden), (.contentTooLarge, .tokenTooLarge), (.serviceUnavailable, .rateLimited),
            (.internalServerError, .internal), (.requestTimeout, .forbidden),
        ] as [(HTTPStatus, ReasonCode)])
    func serverRefusal(status: HTTPStatus, code: ReasonCode) {
        #expect(ReasonCode.of(status) == code)
    }
}
