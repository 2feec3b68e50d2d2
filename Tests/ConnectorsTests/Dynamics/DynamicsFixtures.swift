import AuthService
import BridgeCore
import BridgeTesting
import Connectors
import HTTPMessage
import Synchronization
import Testing

/// The time of all tests here.
let now = Timestamp(seconds: 1_800_000_000)

extension GUID {
    /// A GUID that ends with `number`.
    static func test(_ number: Int) throws -> GUID {
        let digits = "\(number)"
        return try GUID("00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
            .unwrapped("GUID")
    }
}

extension License {
    /// A tenant for connections.
    static func test() throws -> License { try License("acme-test").unwrapped("license") }
}

extension ConnectionID {
    static func test(_ name: String = "default") throws -> ConnectionID {
        ConnectionID(.dynamics, try ConnectionName(name).unwrapped("name"), of: try .test())
    }
}

/// An environment that answers what a test says, by the path below the Web API.
final class FakeEnvironment: HTTPSender {
    static let origin = "https://acme.crm4.dynamics.com"
    private let answers: Mutex<[String: IncomingResponse]>
    private let sent = Mutex<[OutgoingRequest]>([])

    /// - Parameter answers: by what the target begins with, behind `/api/data/v9.2/`; the longest counts.
    init(_ answers: [String: IncomingResponse] = [:]) {
        self.answers = Mutex(Self.sound.merging(answers) { $1 })
    }

    /// What an environment answers in which everything is as it should be.
    static let sound: [String: IncomingResponse] = [
        "WhoAmI": .json(#"{"UserId":"\#(id(11))","OrganizationId":"\#(id(12))","BusinessUnitId":"\#(id(13))"}"#),
        "roles": .rows([role("Cobrowse.io - Agent", 21), role("Cobrowse.io - Administrator", 22)]),
        "systemusers(": .rows([role("Bridge", 23)]),
        "systemusers?": .rows([user()]),
        "teams": .rows([#"{"teamid":"\#(id(31))","name":"Support"}"#]),
        "RetrieveAadUserRoles": .rows([role("Cobrowse.io - Agent", 21)]),
    ]

    static func id(_ number: Int) -> String { (try? GUID.test(number).value) ?? "" }

    /// A row of `role`.
    static func role(_ name: String, _ number: Int, root: Int? = nil, template: String? = nil) -> String {
        let template = template.map { "\"\($0)\"" } ?? "null"
        return #"{"roleid":"\#(id(number))","name":"\#(name)","_parentrootroleid_value":"\#(id(root ?? number))","#
            + #""_roletemplateid_value":\#(template)}"#
    }

    /// The row of object 2; members are replaced by those of `changes`, which are JSON.
    static func user(_ changes: [String: String] = [:]) -> String {
        let members = [
            "systemuserid": "\"\(id(5))\"", "fullname": "\"Ann Example\"",
            "internalemailaddress": "\"ann@example.com\"", "isdisabled": "false", "accessmode": "0",
            "applicationid": "null", "emailrouteraccessapproval": "1",
            "azureactivedirectoryobjectid": "\"\(id(2))\"",
        ].merging(changes) { $1 }.filter { !$0.value.isEmpty }
        return "{" + members.map { "\"\($0.key)\":\($0.value)" }.sorted().joined(separator: ",") + "}"
    }

    /// Answers differently from now on.
    func set(_ path: String, _ answer: IncomingResponse) { answers.withLock { $0[path] = answer } }

    var requests: [OutgoingRequest] { sent.withLock(\.self) }

    /// The paths and queries so far, behind `/api/data/v9.2/`.
    var targets: [String] { requests.map { String($0.url.target.dropFirst("/api/data/v9.2/".count)) } }

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        sent.withLock { $0.append(request) }
        let target = request.url.target.dropFirst("/api/data/v9.2/".count)
        let found = answers.withLock { answers in
            answers.filter { target.hasPrefix($0.key) }.max { $0.key.count < $1.key.count }?.value
        }
        return found ?? .json(404, #"{"error":{"code":"0x8006088a","message":"Resource not found"}}"#)
    }
}

extension IncomingResponse {
    static func json(_ text: String) -> IncomingResponse { .json(200, text) }

    /// A page of rows.
    static func rows(_ rows: [String], next: String? = nil) -> IncomingResponse {
        let link = next.map { ",\"@odata.nextLink\":\"\($0)\"" } ?? ""
        return .json(#"{"value":[\#(rows.joined(separator: ","))]\#(link)}"#)
    }

    /// Dataverse's refusal.
    static func refusal(_ status: UInt16, _ code: String, _ message: String = "what Microsoft writes")
        -> IncomingResponse
    {
        .json(status, #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#)
    }
}

/// Tokens that are granted or refused as a test says; every one is another.
final class FakeTokens: ApplicationTokens {
    private struct State {
        var refusal: ConnectorError?
        var count = 0
        var kept: AccessToken?
        var forgotten: [String] = []
    }

    private let state = Mutex(State())

    init(refusing refusal: ConnectorError? = nil) {
        state.withLock { $0.refusal = refusal }
    }

    /// How many tokens Entra was asked for.
    var count: Int { state.withLock { $0.count } }
    /// `client tenant`, each time something was forgotten.
    var forgotten: [String] { state.withLock { $0.forgotten } }

    func token(
        for resource: TokenResource, of application: EntraApplication
    ) async throws(ConnectorError) -> AccessToken {
        if let kept = state.withLock({ $0.kept }) { return kept }
        return try await newToken(for: resource, of: application)
    }

    func newToken(
        for resource: TokenResource, of application: EntraApplication
    ) async throws(ConnectorError) -> AccessToken {
        if let refusal = state.withLock({ $0.refusal }) { throw refusal }
        return state.withLock { state in
            state.count += 1
            let token = AccessToken(
                Secret(Array("token-\(state.count)-of-\(resource.identifier)".utf8)), expiresAt: nil)
            state.kept = token
            return token
        }
    }

    func forget(clientID: GUID, tenantID: GUID) {
        state.withLock { state in
            state.kept = nil
            state.forgotten.append("\(clientID) \(tenantID)")
        }
    }
}
