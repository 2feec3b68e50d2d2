internal import BridgeCore
package import HTTPMessage
internal import Synchronization

/// An org of Salesforce, with its login, that answers what a test says: token requests and introspections, metadata, UserInfo,
/// limits, and queries by the object they read. Everybody gets a token, and every secret is the app's.
package final class FakeOrg: HTTPSender {
    package static let login = "https://acme.my.salesforce.com"
    package static let clientID = "3MVG9acme.consumer-key_0123456789"
    package static let secret = "0123456789ABCDEFFEDCBA9876543210"
    package static let username = "bridge@acme.example"
    package static let organization = "00D8Z000000btHhUAI"
    package static let user = "0058Z000000A1bcQAC"

    private let answers: Mutex<[String: IncomingResponse]>
    private let sent = Mutex<[OutgoingRequest]>([])

    /// - Parameter answers: by `token`, `introspect`, `metadata`, `userinfo`, `limits`, or the object of a query.
    package init(_ answers: [String: IncomingResponse] = [:]) {
        self.answers = Mutex(Self.sound.merging(answers) { $1 })
    }

    /// What is answered where everything is as it should be.
    private static let sound: [String: IncomingResponse] = [
        "token": grant(), "introspect": .json(#"{"active":true,"token_type":"access_token"}"#),
        "metadata": .json(#"{"issuer":"\#(login)","jwks_uri":"\#(login)/id/keys"}"#),
        "Organization": .records([
            #"{"Id":"\#(organization)","Name":"Acme","IsSandbox":false,"InstanceName":"EU1"}"#
        ]),
        "User": .records([
            #"{"Id":"\#(user)","Username":"\#(username)","Profile":{"Name":"Minimum Access"}}"#
        ]),
        "PermissionSet": .records([#"{"Id":"0PS000000000001GAA"}"#]),
        "PermissionSetAssignment": .records([#"{"Id":"0Pa000000000001CAA"}"#]),
        "PermissionSetGroup": .records([]), "PermissionSetGroupComponent": .records([]),
        "SetupEntityAccess": .records([#"{"Id":"0J0000000000001AAA"}"#]), "CustomPermission": .records([]),
        "Profile": .records([]),
        "TwoFactorMethodsInfo": .records([#"{"UserId":"\#(user)","HasUserVerifiedEmailAddress":true}"#]),
        "UserLogin": .records([#"{"UserId":"\#(user)","IsFrozen":false}"#]),
    ]

    /// What a token endpoint grants for the integration user.
    package static func grant(
        _ token: String = "00D8Z!AT", instance: String = login, id: String = "\(login)/id/\(organization)/\(user)"
    ) -> IncomingResponse {
        .json(#"{"access_token":"\#(token)","token_type":"Bearer","instance_url":"\#(instance)","id":"\#(id)"}"#)
    }

    /// Answers differently from now on.
    package func set(_ name: String, _ answer: IncomingResponse) { answers.withLock { $0[name] = answer } }

    package var requests: [OutgoingRequest] { sent.withLock(\.self) }

    /// The forms that were posted to the token endpoint, in order.
    package var tokenForms: [[String: String]] {
        requests.filter { Self.name($0) == "token" }.map(\.formFields)
    }

    /// What was asked for, in order.
    package var names: [String] { requests.map(Self.name) }

    package func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        sent.withLock { $0.append(request) }
        return answers.withLock { $0[Self.name(request)] } ?? .apiError(404, "NOT_FOUND")
    }

    private static func name(_ request: OutgoingRequest) -> String {
        let target = request.url.target
        if target.hasSuffix("/services/oauth2/token") { return "token" }
        if target.hasSuffix("/services/oauth2/introspect") { return "introspect" }
        if target.hasSuffix("/openid-configuration") { return "metadata" }
        if target.hasSuffix("/userinfo") { return "userinfo" }
        if target.hasSuffix("/limits") { return "limits" }
        guard let from = target.firstRange(of: "%20FROM%20") else { return target }
        return String(target[from.upperBound...].prefix { $0.isLetter })
    }
}

extension IncomingResponse {
    /// A page of rows of the REST API, which is the last one unless `next` names another.
    package static func records(_ rows: [String], next: String? = nil) -> IncomingResponse {
        let link = next.map { #","nextRecordsUrl":"\#($0)""# } ?? ""
        return .json(
            #"{"totalSize":\#(rows.count),"done":\#(next == nil),"records":[\#(rows.joined(separator: ","))]\#(link)}"#)
    }

    /// A refusal of the REST API.
    package static func apiError(_ status: UInt16, _ code: String) -> IncomingResponse {
        .json(status, #"[{"message":"what Salesforce writes","errorCode":"\#(code)"}]"#)
    }

    /// A refusal of the token endpoint.
    package static func oauthError(_ error: String, _ text: String) -> IncomingResponse {
        .json(400, #"{"error":"\#(error)","error_description":"\#(text)"}"#)
    }
}
