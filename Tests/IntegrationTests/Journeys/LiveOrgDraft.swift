import BridgeCore
import BridgeService
import BridgeTesting
import Simulators
import Testing

/// What connects a tenant to an org of the built-in population.
struct LiveOrgDraft {
    var app = "bridge"
    var org = "acme"
    /// The org that is named as the connected one.
    var named: String?
    /// A user of the org; `nil` for a connection that nobody reads with.
    var integration: String? = "integration"
    /// What follows the @ of the integration user's name; that of the org where nothing is said.
    var domain: String?
    /// Where people sign in; at the org's My Domain where nothing is said.
    var login: Site?
    /// Whether the integration user comes in by the app's key, or by its secret.
    var hasKey = true
    var secret: String?
    /// Whether the connection names the canvas app that may sign.
    var namesCanvas = false

    func json(of simulator: Simulator) throws -> String {
        let consumer = try simulator.consumer(app, in: org).unwrapped(app)
        let key = try simulator.applicationKey()
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("loginUrl", simulator.sites[login ?? .salesforce(org)])
            writer.member("clientId", consumer.key)
            writer.member("clientSecret", secret ?? consumer.secret)
            if integration != nil, hasKey {
                writer.member("clientKey", String(decoding: key.copiedBytes, as: UTF8.self))
            }
            writer.member("integrationUsername", integration.map { "\($0)@\(domain ?? "\(org).example")" })
            if namesCanvas { writer.member("canvasApplicationId", consumer.applicationID) }
            writer.member("organizationId", simulator.organizationID(named ?? org))
        }
        return writer.text
    }
}

extension LiveJourney {
    /// Runs `body` with the connection `default` to an org.
    static func runAtOrg(
        _ draft: LiveOrgDraft = LiveOrgDraft(), _ settings: [String: String] = [:], limit: Duration? = nil,
        _ body: (LiveJourney) async throws -> Void
    ) async throws {
        try await run(settings, limit: limit, connecting: { try $0.save(org: draft) }, body)
    }

    /// Tests a connection to an org, and saves it.
    func save(_ connection: String = "default", org draft: LiveOrgDraft) throws -> RawResponse {
        try keep(
            administrator.call("PUT", "/connections/salesforce/\(connection)", json: try draft.json(of: simulator)))
    }

    /// Tests a connection to an org and saves nothing.
    func tryOut(org draft: LiveOrgDraft) throws -> RawResponse {
        try keep(
            administrator.call("POST", "/connections/salesforce/default/test", json: try draft.json(of: simulator)))
    }

    /// A browser that signs in with Salesforce.
    func orgBrowser(port: UInt16? = nil) -> LiveBrowser { browser(port: port, system: "salesforce") }

    /// Posts what a canvas was opened with.
    ///
    /// - Parameter query: besides the license.
    func open(
        canvas signedRequest: String, _ query: String = "", accept: String = "text/html", language: String = "en",
        port: UInt16? = nil
    ) throws -> RawResponse {
        let client = try RawClient(port: port ?? test.service.port)
        client.send(
            ServiceUnderTest.request(
                "POST", "/api/1/salesforce/canvas?license=\(TokenMaker.license)\(query)",
                fields: [
                    "Accept: \(accept)", "Accept-Language: \(language)",
                    "Content-Type: application/x-www-form-urlencoded",
                ], body: "signed_request=\(PercentText.encoded(signedRequest))"))
        return keep(try client.response(toHead: false))
    }
}
