import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import Testing

@Suite("The steps of a returning sign-in")
struct SignInReturnTests {
    private typealias Steps = SignInReturn<EntraSignIn>

    private func steps(_ query: String = "code=C&state=S") -> Steps { Steps(AuthorizationCallback(query: query)) }

    @Test("begin with the record, which state and cookie lead to together")
    func start() throws {
        let cookies = try (1...2).map { try SignInCookie(from: FixedRandomSource([[UInt8](repeating: $0, count: 32)])) }
        var ids: Set<String> = []
        for (query, cookie) in [("state=a", cookies[0]), ("state=b", cookies[0]), ("state=a", cookies[1])] {
            var steps = steps(query)
            guard case .take(let id) = steps.start(cookie: cookie) else {
                Issue.record("no record is asked for")
                return
            }
            ids.insert(id)
        }
        #expect(ids.count == 3)
        var steps = steps()
        guard case .refuse(let refusal) = steps.start(cookie: nil) else {
            Issue.record("a browser without a cookie is not refused")
            return
        }
        #expect(refusal.error.code == .stateInvalid)
    }

    @Test("do not go on out of turn, or after the end")
    func turn() throws {
        let events: [Steps.Event] = [
            .granted(TokenGrant(accessToken: AccessToken(Secret([1]), expiresAt: nil))), .keys(IDTokenKeySet([])),
        ]
        for event in events {
            var steps = steps()
            guard case .refuse(let refusal) = steps.next(after: event, now: TokenMaker.now) else {
                Issue.record("an event out of turn is not refused")
                return
            }
            #expect(refusal.error.code == .internal && refusal.record == nil)
            guard case .refuse = steps.next(after: .taken(nil), now: TokenMaker.now) else {
                Issue.record("it goes on after its end")
                return
            }
        }
    }

    @Test("end where a step could not be carried out")
    func failure() {
        var steps = steps()
        let error = ConnectorError(.internal, "the disk is full")
        guard case .refuse(let refusal) = steps.next(after: .failed(error), now: TokenMaker.now) else {
            Issue.record("a failed step is not the end")
            return
        }
        #expect(refusal.error.detail == "the disk is full")
    }
}

@Suite("The record of a sign-in")
struct PendingSignInTests {
    @Test("is the same after it was stored, and shows no secret")
    func stored() async throws {
        let test = try SignInUnderTest()
        let record = try await test.begin().start.record
        let json = record.json
        let again = try #require(PendingSignIn(json: json))
        #expect(again.json.copiedBytes == json.copiedBytes && "\(json)" == "<secret>")
        let members = try JSONValue(parsing: json.copiedBytes).objectValue?.map(\.name)
        #expect(members == ["license", "connection", "purpose", "redirectTo", "nonce", "verifier", "createdAt"])
    }

    @Test("is nothing else", arguments: ["", "{}", "[]", "null", #"{"license":"a","connection":"b"}"#])
    func other(text: String) {
        #expect(PendingSignIn(json: Secret(Array(text.utf8))) == nil)
    }

    @Test("without a nonce is none", arguments: ["nonce", "verifier", "license", "createdAt", "purpose", "connection"])
    func incomplete(member: String) async throws {
        let record = try await SignInUnderTest().begin().start.record
        let members = try #require(try JSONValue(parsing: record.json.copiedBytes).objectValue)
        for value in [nil, JSONValue.null, member == "verifier" || member == "connection" ? nil : .string("")] {
            var writer = JSONWriter()
            writer.value(
                .object(
                    members.compactMap { $0.name == member ? value.map { JSONMember(name: member, value: $0) } : $0 }))
            #expect(PendingSignIn(json: Secret(writer.bytes)) == nil)
        }
    }
}
