import AuthService
import BridgeCore
import BridgeCrypto
import BridgeService
import BridgeTesting
import Testing

@testable import BridgeService

/// The life of a tenant, step by step, so that every operation of the document meets something to work on.
struct OpenAPIJourney {
    /// One request of an operation, and the status it has to have.
    struct Step {
        let operation: String
        let status: Int
        var parameters: [String: String] = [:]
        var query = ""
        var fields: [String] = []
        var json: String?
        /// A body that is a file.
        var file: String?
        var token: Token = .admin
        /// Whether the JSON body has the documented form.
        var isDocumentedBody = true
    }

    enum Token { case none, admin, mint, superuser, agent }

    private let test: ServiceUnderTest
    private var tokens: [Token: String] = [:]
    private let accountID: String
    private let decisionIDs: [String]

    init(_ test: ServiceUnderTest) async throws {
        self.test = test
        let license = try License.example(TokenMaker.license)
        tokens[.admin] = try await test.apiToken(.admin(license))
        tokens[.mint] = try await test.apiToken(.mint(license))
        tokens[.superuser] = try await test.apiToken(.superuser)
        let maker = try TokenMaker()
        tokens[.agent] = try maker.token(["displayName": #""Ann""#, "policy": #"{"version":3}"#])
        let salesforce = #"{"emailVerified":true,"permissionSets":["Cobrowse.io Agent"]}"#
        var answers = [try test.verify(try maker.token())]
        answers.append(try test.verify(try maker.token(["sub": #""bob@example.com""#, "salesforce": salesforce])))
        answers.append(try test.verify(try maker.token(["exp": "1800000000"])))
        accountID = try #require(try answers[0].json["account"]?["id"]?.stringValue)
        decisionIDs = answers.compactMap { $0["x-decision-id"] }
        #expect(decisionIDs.count == 3)
    }

    /// Sends a step the way its operation is documented.
    mutating func send(_ step: Step, _ operation: OpenAPITests.Documented) throws -> RawResponse {
        var path = operation.path
        let parameters = step.parameters.merging(["license": TokenMaker.license]) { own, _ in own }
        for (name, value) in parameters {
            path = path.replacing("{\(name)}", with: value)
        }
        var fields = step.fields
        if let token = tokens[step.token] { fields.append("Authorization: Bearer \(token)") }
        if step.json != nil { fields.append("Content-Type: application/json") }
        if step.file != nil { fields.append("Content-Type: application/x-pem-file") }
        return try test.send(operation.method, path + step.query, fields: fields, body: step.json ?? step.file)
    }

    func steps() throws -> [Step] {
        try fixedSteps() + tenantSteps + ruleSteps + (try keySteps()) + connectionSteps + (try salesforceSteps())
            + peopleSteps + recordSteps
            + tokenSteps
            + endSteps
    }

    private func fixedSteps() throws -> [Step] {
        let token = try #require(tokens[.agent])
        return [
            Step(operation: "verify", status: 200, json: #"{"token":"\#(token)"}"#, token: .none),
            Step(operation: "verify", status: 401, json: #"{"token":"x"}"#, token: .none),
            Step(operation: "authorize", status: 204, token: .agent),
            Step(operation: "authorize", status: 403, query: "?role=administrator", token: .agent),
            Step(operation: "exchange", status: 400, json: #"{"code":"x"}"#, token: .none),
            Step(operation: "dynamicsAuth", status: 404, query: "?license=nobody", token: .none),
            Step(operation: "dynamicsAuth", status: 400, query: "?licence=nobody", token: .none),
            Step(operation: "dynamicsCallback", status: 400, query: "?state=x&code=x", token: .none),
            Step(operation: "consentCallback", status: 400, query: "?state=x", token: .none),
            Step(operation: "salesforceAuth", status: 404, query: "?license=nobody", token: .none),
            Step(operation: "salesforceCallback", status: 400, query: "?state=x&code=x", token: .none),
            Step(operation: "salesforceCanvas", status: 404, query: "?license=nobody", token: .none),
            Step(operation: "keySet", status: 200, token: .none), Step(operation: "health", status: 200, token: .none),
            Step(operation: "readiness", status: 200, token: .none),
            Step(operation: "openAPI", status: 200, token: .none),
            Step(operation: "metrics", status: 200, token: .none),
        ]
    }

    private var tenantSteps: [Step] {
        let second = ["license": "second"]
        let rule = #"{"source":"salesforce","match":{"permissionSet":"Agents"},"role":"agent"}"#
        let test = #"{"name":"t","salesforce":{"permissionSets":["Agents"]},"expect":"agent"}"#
        let wrong = #"{"name":"t","salesforce":{"permissionSets":[]},"expect":"agent"}"#
        func document(_ test: String) -> String {
            #"{"license":"third","name":"Third","tokenLifetime":"8h","rules":[\#(rule)],"ruleTests":[\#(test)]}"#
        }
        let third = ["license": "third"]
        return [
            Step(
                operation: "createTenant", status: 201, json: #"{"license":"second","name":"Second"}"#,
                token: .superuser),
            Step(operation: "createTenant", status: 409, json: #"{"license":"second"}"#, token: .superuser),
            Step(operation: "createTenant", status: 403, json: #"{"license":"fourth"}"#),
            Step(operation: "listTenants", status: 200, query: "?limit=1", token: .superuser),
            Step(operation: "listTenants", status: 400, query: "?limit=0", token: .superuser),
            Step(operation: "listTenants", status: 401, token: .none),
            Step(operation: "applyTenant", status: 422, parameters: third, json: document(wrong), token: .superuser),
            Step(operation: "applyTenant", status: 201, parameters: third, json: document(test), token: .superuser),
            Step(operation: "applyTenant", status: 428, parameters: third, json: document(test), token: .superuser),
            Step(
                operation: "applyTenant", status: 412, parameters: third, fields: ["If-Match: \"7\""],
                json: document(test), token: .superuser),
            Step(
                operation: "applyTenant", status: 200, parameters: third, fields: ["If-Match: *"],
                json: document(test), token: .superuser),
            Step(operation: "applyTenant", status: 415, parameters: third, file: "x", token: .superuser),
            Step(operation: "getTenant", status: 200), Step(operation: "getTenant", status: 403, parameters: second),
            Step(operation: "getTenant", status: 404, parameters: ["license": "fourth"], token: .superuser),
        ]
    }

    private var ruleSteps: [Step] {
        let any = ["If-Match: *"]
        let policy = #"{"version":3,"sessions":{}}"#
        let rule = #"{"source":"dynamics","match":{"securityRole":"Agents"},"role":"agent","policy":\#(policy)}"#
        return [
            Step(operation: "getRules", status: 200),
            Step(operation: "putRules", status: 200, fields: any, json: #"{"rules":[\#(rule)]}"#),
            Step(operation: "putRules", status: 200, fields: any, json: "[\(rule)]"),
            Step(
                operation: "putRules", status: 422, fields: any,
                json: #"{"rules":[\#(rule)],"ruleTests":[{"name":"t","dynamics":{},"expect":"administrator"}]}"#),
            Step(operation: "putRules", status: 428, json: #"{"rules":[]}"#),
            Step(operation: "getRecordMapping", status: 200),
            Step(
                operation: "putRecordMapping", status: 200, fields: any,
                json: #"{"Case":{"ContactEmail":"user_email"}}"#),
            Step(
                operation: "putRecordMapping", status: 422, fields: any, json: #"{"Case":{}}"#),
        ]
    }

    private func keySteps() throws -> [Step] {
        let certificate = String(decoding: try KeyFixture.renewed.certificateFile.bytes(), as: UTF8.self)
        let id = try KeyFixture.renewed.publicKey.thumbprint
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("material", certificate)
            writer.member("alias", "spare")
        }
        return [
            Step(operation: "importKey", status: 201, file: certificate),
            Step(operation: "importKey", status: 201, json: writer.text),
            Step(operation: "importKey", status: 422, file: "no certificate"),
            Step(operation: "importKey", status: 415, fields: ["Content-Type: text/html"]),
            Step(operation: "listKeys", status: 200), Step(operation: "listKeys", status: 200, query: "?limit=1"),
            Step(operation: "removeKey", status: 204, parameters: ["keyId": id]),
            Step(operation: "removeKey", status: 404, parameters: ["keyId": id]),
        ]
    }

    private var connectionSteps: [Step] {
        let emea = ["name": "emea"]
        let draft = FakeMicrosoft.draft(["secretExpiresAt": "\"2027-03-01\"", "readAs": "\"application\""])
        let wrong = FakeMicrosoft.draft(["clientSecret": "\"wrong\""])
        let other = FakeMicrosoft.draft(["environmentUrl": "\"https://emea.crm4.dynamics.com\""])
        return [
            Step(operation: "getDynamicsConnection", status: 404),
            Step(operation: "testDynamicsConnection", status: 200, json: draft),
            Step(operation: "testDynamicsConnection", status: 422, json: wrong),
            Step(operation: "putDynamicsConnection", status: 422, json: wrong),
            Step(operation: "putDynamicsConnection", status: 200, json: draft),
            Step(operation: "putDynamicsConnection", status: 412, fields: ["If-Match: \"7\""], json: draft),
            Step(operation: "putNamedDynamicsConnection", status: 409, parameters: emea, json: draft),
            Step(operation: "putNamedDynamicsConnection", status: 200, parameters: emea, json: other),
            Step(operation: "testNamedDynamicsConnection", status: 200, parameters: emea, json: "{}"),
            Step(operation: "getDynamicsConnection", status: 200),
            Step(operation: "getNamedDynamicsConnection", status: 200, parameters: emea),
            Step(operation: "listConnections", status: 200, query: "?limit=1"),
            Step(operation: "listConnections", status: 200),
            Step(operation: "dynamicsAuth", status: 302, query: "?license=\(TokenMaker.license)", token: .none),
            Step(operation: "consentURL", status: 200, query: "?license=\(TokenMaker.license)"),
            Step(operation: "consentURL", status: 403, query: "?license=second"),
            Step(
                operation: "consentURL", status: 404, query: "?license=\(TokenMaker.license)&connection=other"),
            Step(operation: "listDynamicsOrganizations", status: 400),
            Step(operation: "listNamedDynamicsOrganizations", status: 404, parameters: ["name": "other"]),
            Step(operation: "removeNamedDynamicsConnection", status: 204, parameters: emea),
            Step(operation: "removeNamedDynamicsConnection", status: 404, parameters: emea),
            Step(operation: "removeDynamicsConnection", status: 412, fields: ["If-Match: \"7\""]),
            Step(operation: "removeDynamicsConnection", status: 204),
        ]
    }

    private func salesforceSteps() throws -> [Step] {
        let uat = ["name": "uat"]
        let draft = try SalesforceAdministrationTests.draft()
        let wrong = try SalesforceAdministrationTests.draft(["integrationUsername": "\"nobody\""])
        return [
            Step(operation: "getSalesforceConnection", status: 404),
            Step(operation: "testSalesforceConnection", status: 200, json: draft),
            Step(operation: "testSalesforceConnection", status: 422, json: wrong),
            Step(operation: "putSalesforceConnection", status: 422, json: wrong),
            Step(operation: "putSalesforceConnection", status: 200, json: draft),
            Step(operation: "putSalesforceConnection", status: 412, fields: ["If-Match: \"7\""], json: draft),
            Step(operation: "putNamedSalesforceConnection", status: 409, parameters: uat, json: draft),
            Step(operation: "getSalesforceConnection", status: 200),
            Step(operation: "listConnections", status: 200),
            Step(operation: "removeSalesforceConnection", status: 412, fields: ["If-Match: \"7\""]),
            Step(operation: "removeSalesforceConnection", status: 204),
            Step(operation: "putNamedSalesforceConnection", status: 200, parameters: uat, json: draft),
            Step(operation: "testNamedSalesforceConnection", status: 200, parameters: uat, json: "{}"),
            Step(operation: "getNamedSalesforceConnection", status: 200, parameters: uat),
            Step(operation: "removeNamedSalesforceConnection", status: 204, parameters: uat),
            Step(operation: "removeNamedSalesforceConnection", status: 404, parameters: uat),
        ]
    }

    private var peopleSteps: [Step] {
        let one = ["id": accountID]
        return [
            Step(operation: "listAccounts", status: 200),
            Step(operation: "listAccounts", status: 200, query: "?email=ANN%40example.com"),
            Step(operation: "getAccount", status: 200, parameters: one),
            Step(operation: "getAccount", status: 404, parameters: ["id": "acc_0"]),
            Step(operation: "changeAccount", status: 200, parameters: one, json: #"{"role":"administrator"}"#),
            Step(operation: "changeAccount", status: 409, parameters: one, json: #"{"status":"disabled"}"#),
            Step(
                operation: "changeAccount", status: 422, parameters: one, json: #"{"status":"gone"}"#,
                isDocumentedBody: false),
        ]
    }

    private var recordSteps: [Step] {
        let digest = String(repeating: "0a", count: 32)
        return [
            Step(operation: "revoke", status: 201, json: #"{"tokenDigest":"\#(digest)"}"#),
            Step(
                operation: "revoke", status: 201,
                json: #"{"email":"eve@example.com","issuedBefore":"2027-01-15T08:00:00Z"}"#),
            Step(operation: "revoke", status: 422, json: #"{"tokenDigest":"0A"}"#),
            Step(operation: "listRevocations", status: 200),
            Step(operation: "listRevocations", status: 200, query: "?limit=1"),
            Step(operation: "listDecisions", status: 200, query: "?limit=500"),
            Step(operation: "listDecisions", status: 400, query: "?cursor=x"),
        ]
            + decisionIDs.map { Step(operation: "getDecision", status: 200, parameters: ["id": $0]) }
            + [
                Step(operation: "getDecision", status: 404, parameters: ["id": "dec_0"]),
                Step(operation: "listAudit", status: 200, query: "?limit=500"),
                Step(operation: "listAudit", status: 200, query: "?action=key.import&since=2027-01-01T00:00:00Z"),
                Step(operation: "listAudit", status: 400, query: "?since=now"),
            ]
    }

    private var tokenSteps: [Step] {
        let license = TokenMaker.license
        return [
            Step(
                operation: "mintToken", status: 201,
                json: """
                    {"license":"\(license)","email":"cai@example.com","displayName":"Cai","role":null,\
                    "policy":{"version":3},"expiresIn":60}
                    """, token: .mint),
            Step(
                operation: "mintToken", status: 201, json: #"{"license":"\#(license)","email":"c@d.ef"}"#, token: .mint),
            Step(
                operation: "mintToken", status: 422,
                json: #"{"license":"\#(license)","email":"c@d.ef","expiresIn":86401}"#, token: .mint,
                isDocumentedBody: false),
            Step(operation: "mintToken", status: 403, json: #"{"license":"second","email":"c@d.ef"}"#, token: .mint),
            Step(
                operation: "embedURL", status: 200,
                query: "?email=c@d.ef&page=connect&token_source=postMessage&record=" + record("\"a@b.example\""),
                token: .mint),
            Step(operation: "embedURL", status: 200, query: "?email=c@d.ef&lng=de&expiresIn=60", token: .mint),
            Step(operation: "embedURL", status: 422, query: "?email=c@d.ef&record=" + record("null"), token: .mint),
            Step(operation: "embedURL", status: 422, query: "?email=c@d.ef&expiresIn=86401", token: .mint),
            Step(operation: "embedURL", status: 400, query: "?email=c@d.ef&page=devices", token: .mint),
            Step(operation: "embedURL", status: 403, query: "?email=c@d.ef"),
        ] + embedSteps
    }

    private var embedSteps: [Step] {
        let agent = tokens[.agent] ?? ""
        let record = #""record":{"type":"Case","fields":{"ContactEmail":"a@b.example"}}"#
        return [
            Step(
                operation: "makeEmbed", status: 200,
                json: #"{"token":"\#(agent)","token_source":"postMessage",\#(record)}"#, token: .mint),
            Step(
                operation: "makeEmbed", status: 200,
                json: #"{"email":"c@d.ef","role":null,"policy":{"version":3},"page":"code","lng":"de"}"#, token: .mint),
            Step(operation: "makeEmbed", status: 422, json: #"{"token":"x"}"#, token: .mint),
            Step(
                operation: "makeEmbed", status: 422, json: #"{"email":"c@d.ef","page":"devices"}"#, token: .mint,
                isDocumentedBody: false),
            Step(operation: "makeEmbed", status: 403, json: #"{"email":"c@d.ef"}"#),
        ]
    }

    /// A case as the query has it.
    private func record(_ email: String) -> String {
        #"{"type":"Case","fields":{"ContactEmail":\#(email)}}"#.utf8.map { "%" + Hex.encode([$0]) }.joined()
    }

    private var endSteps: [Step] {
        [
            Step(operation: "removeTenant", status: 403),
            Step(operation: "removeTenant", status: 204, parameters: ["license": "second"], token: .superuser),
            Step(operation: "removeTenant", status: 404, parameters: ["license": "second"], token: .superuser),
            Step(operation: "removeTenant", status: 204, parameters: ["license": "third"], token: .superuser),
        ]
    }
}
