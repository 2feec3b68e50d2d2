import AuthService
import BridgeCore
import BridgeTesting
import HTTPMessage
import Synchronization

@testable import Connectors

/// An org that answers what a test says, by what the query or the path has in it.
final class ScriptedOrg: HTTPSender {
    static let instance = "https://acme.my.salesforce.com"
    private let answers: Mutex<[String: IncomingResponse]>
    private let sent = Mutex<[OutgoingRequest]>([])

    /// - Parameter answers: by a part of the target, decoded; the longest counts.
    init(_ answers: [String: IncomingResponse] = [:]) {
        self.answers = Mutex(Self.sound.merging(answers) { $1 })
    }

    /// What an org answers in which everything is as it should be: Ann has the agents' set, directly.
    static let sound: [String: IncomingResponse] = [
        "/userinfo": userInfo(),
        "FROM UserLogin": .records([#"{"IsFrozen":false}"#]),
        "FROM TwoFactorMethodsInfo": .records([#"{"HasUserVerifiedEmailAddress":true}"#]),
        "SELECT UserId FROM TwoFactorMethodsInfo LIMIT 1": .records([#"{"UserId":"\#(id("005", 9))"}"#]),
        "FROM User ": .records([user()]),
        "FROM PermissionSetAssignment": .records([profile, set("Cobrowse_Agent", 1, label: "Cobrowse.io Agent")]),
        "FROM PermissionSetGroupComponent": .records([]),
        "FROM SetupEntityAccess": .records([]),
        "SELECT Id FROM SetupEntityAccess LIMIT 1": .records([#"{"Id":"\#(id("0J0", 1))"}"#]),
        "FROM CustomPermission": .records([]),
        "FROM UserSetupEntityAccess": .records([]),
    ]

    /// An id of 15 characters that ends with `number`.
    static func id(_ prefix: String, _ number: Int) -> String {
        let digits = "\(number)"
        let short = prefix + String(repeating: "0", count: 15 - prefix.count - digits.count) + digits
        return SalesforceID(short)?.value ?? ""
    }

    static let organization = id("00D", 1)
    static let ann = id("005", 1)

    /// What UserInfo says of Ann; members are replaced by those of `changes`, which are JSON, and left out where empty.
    static func userInfo(_ changes: [String: String] = [:]) -> IncomingResponse {
        .json(
            object(
                [
                    "user_id": "\"\(ann)\"", "organization_id": "\"\(organization)\"",
                    "preferred_username": "\"ann@example.com.acme\"", "name": "\"Ann Example\"",
                    "email": "\"ann@example.com\"", "email_verified": "true", "active": "true",
                    "user_type": "\"STANDARD\"",
                ], changes))
    }

    /// A row of User.
    static func user(_ changes: [String: String] = [:]) -> String {
        object(
            [
                "Id": "\"\(ann)\"", "Username": "\"ann@example.com.acme\"", "Email": "\"ann@example.com\"",
                "Name": "\"Ann Example\"", "IsActive": "true", "UserType": "\"Standard\"",
            ], changes)
    }

    /// The assignment of the set that a profile owns, which everybody has.
    static let profile =
        #"{"PermissionSetId":"\#(id("0PS", 90))","PermissionSet":{"Name":"X00e","Label":"00e","NamespacePrefix":null,"#
        + #""IsOwnedByProfile":true,"ProfileId":"\#(id("00e", 1))","Profile":{"Name":"Support"}},"#
        + #""PermissionSetGroupId":null,"PermissionSetGroup":null,"IsActive":true,"ExpirationDate":null}"#

    /// The assignment of a permission set.
    static func set(_ name: String, _ number: Int, label: String? = nil, _ changes: [String: String] = [:]) -> String {
        object(
            [
                "PermissionSetId": "\"\(id("0PS", number))\"", "PermissionSetGroupId": "null", "IsActive": "true",
                "ExpirationDate": "null", "IsRevoked": "false",
                "PermissionSet":
                    #"{"Name":"\#(name)","Label":"\#(label ?? name)","NamespacePrefix":null,"IsOwnedByProfile":false}"#,
            ], changes)
    }

    /// The assignment of a group.
    static func group(_ name: String, _ number: Int, _ changes: [String: String] = [:]) -> String {
        set(
            "Aggregate", 50 + number,
            [
                "PermissionSetGroupId": "\"\(id("0PG", number))\"",
                "PermissionSetGroup":
                    #"{"DeveloperName":"\#(name)","MasterLabel":"\#(name) label","NamespacePrefix":null}"#,
            ].merging(changes) { $1 })
    }

    /// A member of a group that is no permission set, as Salesforce documents what mutes.
    static func memberWithoutSet(of group: Int, _ number: Int) -> String {
        #"{"PermissionSetGroupId":"\#(id("0PG", group))","PermissionSetId":"\#(id("0QM", number))","PermissionSet":null}"#
    }

    /// A member of a group.
    static func member(of group: Int, _ name: String, _ number: Int, type: String = "Regular") -> String {
        #"{"PermissionSetGroupId":"\#(id("0PG", group))","PermissionSetId":"\#(id("0PS", number))","#
            + #""PermissionSet":{"Name":"\#(name)","Label":"\#(name)","NamespacePrefix":null,"Type":"\#(type)"}}"#
    }

    /// That a set gives a custom permission.
    static func access(_ set: Int, _ permission: Int, prefix: String = "0PS") -> String {
        #"{"ParentId":"\#(id(prefix, set))","SetupEntityId":"\#(id("0CP", permission))"}"#
    }

    static func permission(_ name: String, _ number: Int) -> String {
        #"{"Id":"\#(id("0CP", number))","DeveloperName":"\#(name)","MasterLabel":"\#(name)","NamespacePrefix":"cbio"}"#
    }

    private static func object(_ members: [String: String], _ changes: [String: String]) -> String {
        let members = members.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        return "{" + members.map { "\"\($0.key)\":\($0.value)" }.sorted().joined(separator: ",") + "}"
    }

    /// Answers differently from now on.
    func set(_ part: String, _ answer: IncomingResponse) { answers.withLock { $0[part] = answer } }

    var requests: [OutgoingRequest] { sent.withLock(\.self) }

    /// Which objects were asked for, and `userinfo`, in order.
    var asked: [String] {
        requests.map { request in
            let words = Self.decoded(request.url.target).split(separator: " ")
            guard let place = words.firstIndex(of: "FROM") else { return "userinfo" }
            return String(words[words.index(after: place)])
        }
    }

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        sent.withLock { $0.append(request) }
        let target = Self.decoded(request.url.target)
        let found = answers.withLock { answers in
            answers.filter { target.contains($0.key) }.max { $0.key.count < $1.key.count }?.value
        }
        return found ?? .refusal("NOT_FOUND", 404)
    }

    static func decoded(_ target: String) -> String {
        QueryFields(String(target.drop { $0 != "?" }.dropFirst()))["q"] ?? target
    }
}

extension IncomingResponse {
    /// A page of rows.
    ///
    /// - Parameter count: how many all pages have together; `nil` for what is said of the only one.
    static func records(_ rows: [String], next: String? = nil, of count: Int? = nil) -> IncomingResponse {
        // The first of several pages counts the rows of all of them.
        let isOnly = next == nil && count == nil
        let total = isOnly ? "\"totalSize\":\(rows.count)," : count.map { "\"totalSize\":\($0)," } ?? ""
        let link = next.map { ",\"nextRecordsUrl\":\"\($0)\"" } ?? ""
        return .json(
            #"{\#(total)"done":\#(next == nil)\#(link),"records":[\#(rows.joined(separator: ","))]}"#)
    }

    /// A refusal of the API's.
    static func refusal(_ code: String, _ status: UInt16) -> IncomingResponse {
        .json(status, #"[{"message":"what Salesforce writes","errorCode":"\#(code)"}]"#)
    }
}

/// Sessions of the integration user: each is another, or refused as a test says.
final class FakeSessions: SalesforceTokens {
    private struct State {
        var refusal: ConnectorError?
        var count = 0
        var kept: SalesforceSession?
    }

    private let state = Mutex(State())

    init(refusing refusal: ConnectorError? = nil) {
        state.withLock { $0.refusal = refusal }
    }

    /// How many Salesforce was asked for.
    var count: Int { state.withLock { $0.count } }

    func session(of application: SalesforceApplication) async throws(ConnectorError) -> SalesforceSession {
        if application.grant == nil {
            throw ConnectorError(.connectionMissing, "nobody reads")
        }
        let (kept, count, refusal) = state.withLock { state in
            if state.kept == nil { state.count += 1 }
            return (state.kept, state.count, state.refusal)
        }
        if let refusal { throw refusal }
        if let kept { return kept }
        let session = try SalesforceSession.test(token: "integration-\(count)", user: 99)
        state.withLock { $0.kept = session }
        return session
    }

    func newSession(of application: SalesforceApplication) async throws(ConnectorError) -> SalesforceSession {
        forget(clientID: application.clientID, at: application.login)
        return try await session(of: application)
    }

    func forget(clientID: String, at login: SalesforceLogin) {
        state.withLock { $0.kept = nil }
    }
}

extension SalesforceSession {
    /// A session of a user of the org.
    static func test(
        token: String = "agent", user: Int = 1, organization: Int = 1
    ) throws(ConnectorError) -> SalesforceSession {
        let identity =
            "https://login.salesforce.com/id/\(ScriptedOrg.id("00D", organization))/\(ScriptedOrg.id("005", user))"
        let grant = TokenGrant(
            accessToken: AccessToken(Secret(Array(token.utf8)), expiresAt: nil), instanceURL: ScriptedOrg.instance,
            identityURL: identity)
        return try SalesforceSession(
            grant, from: try SalesforceLogin("https://login.salesforce.com", hosts: SalesforceHosts()),
            hosts: SalesforceHosts())
    }
}
