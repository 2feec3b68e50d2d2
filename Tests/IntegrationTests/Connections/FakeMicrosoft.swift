import BridgeCore
import BridgeTesting
import HTTPMessage
import Synchronization
import Testing

/// Entra and an environment behind one sender, which answer what a test says.
final class FakeMicrosoft: HTTPSender {
    /// What a connection has to bring.
    static let tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47"
    static let client = "8d8d8d8d-1111-4222-8333-444455556666"
    static let secret = "abc8Q~the-value-of-the-secret"
    static let url = "https://acme.crm4.dynamics.com"

    private let answers = Mutex<[String: IncomingResponse]>([:])
    private let sent = Mutex<[OutgoingRequest]>([])

    /// The requests so far.
    var requests: [OutgoingRequest] { sent.withLock(\.self) }

    /// Answers requests whose target holds `part` like this from now on; `nil` as they should be.
    func set(_ part: String, _ answer: IncomingResponse?) { answers.withLock { $0[part] = answer } }

    /// Whether a test has set the answer to a request with this target.
    func isSet(_ target: String) -> Bool {
        answers.withLock { answers in answers.contains { target.contains($0.key) } }
    }

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        sent.withLock { $0.append(request) }
        let target = request.url.target
        if let set = answers.withLock({ answers in answers.first { target.contains($0.key) }?.value }) { return set }
        if target.hasSuffix("/oauth2/v2.0/token") { return Self.token(request) }
        let row = { (text: String) in IncomingResponse.json(200, #"{"value":[\#(text)]}"#) }
        if target.contains("WhoAmI") {
            return .json(200, #"{"UserId":"\#(Self.client)","OrganizationId":"\#(Self.tenant)"}"#)
        }
        return row(target.contains("roles") ? Self.roles : "")
    }

    private static let roles = ["Agent", "Administrator"].map {
        #"{"roleid":"\#(client)","name":"Cobrowse.io - \#($0)","_parentrootroleid_value":null,"#
            + #""_roletemplateid_value":null}"#
    }.joined(separator: ",")

    /// Grants to whoever brings one of the secrets; `rotated` is a second one.
    private static func token(_ request: OutgoingRequest) -> IncomingResponse {
        let fields = request.formFields
        guard ["\(secret)", "rotated"].contains(fields["client_secret"]), fields["client_id"] == client else {
            return .json(
                401, #"{"error":"invalid_client","error_description":"AADSTS7000215: x","error_codes":[7000215]}"#)
        }
        return .json(200, #"{"token_type":"Bearer","expires_in":3599,"access_token":"t0ken"}"#)
    }

    /// A body of `PUT` with the members that `changes` replaces, as JSON.
    static func draft(_ changes: [String: String] = [:]) -> String {
        let members = [
            "tenantId": "\"\(tenant)\"", "clientId": "\"\(client)\"", "clientSecret": "\"\(secret)\"",
            "environmentUrl": "\"\(url)\"",
        ].merging(changes) { $1 }
        return "{" + members.map { "\"\($0.key)\":\($0.value)" }.sorted().joined(separator: ",") + "}"
    }
}
