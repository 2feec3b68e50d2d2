package import BridgeCore
import BridgeCrypto
import HTTPMessage

extension SalesforceDesk {
    /// The page of a person of the org with the app in a frame, to which it posts the request.
    ///
    /// Query: `user` (a name; without it one chooses), `license`, `defect` (one of `CanvasDefect`).
    func canvas(
        _ request: SimulatedRequest, _ name: String, at host: SalesforceHost, _ context: SalesforceContext
    ) -> HTTPResponse {
        guard case .myDomain(let orgName) = host,
            let org = simulator.withWorld({ $0.population.org(named: orgName) }), let app = org.app(name),
            !app.canvasURL.isEmpty, let parameters = try? Parameters(request.query ?? "", isForm: true)
        else { return .foreignPage(.notFound, "URL No Longer Exists") }
        let license = parameters["license"] ?? "trial12345"
        guard let user = parameters["user"] else { return Self.choice(org, app, license: license) }
        do throws(SimulatorError) {
            let text = try simulator.signedRequest(
                of: name, in: orgName, for: user, defect: parameters["defect"].flatMap { CanvasDefect(rawValue: $0) })
            return Self.frame(app, text, license: license)
        } catch {
            return .page(.badRequest, title: "Canvas", "<p>\(HTTPResponse.escaped(error.detail))</p>")
        }
    }

    private static func choice(_ org: Org, _ app: ConnectedApp, license: String) -> HTTPResponse {
        let users = org.users.listed.sorted { $0.name < $1.name }.map { user in
            let link =
                "/canvas/\(PercentText.encode(app.name))?user=\(PercentText.encode(user.name))"
                + "&license=\(PercentText.encode(license))"
            return "<li><a href=\"\(HTTPResponse.escaped(link))\">\(HTTPResponse.escaped(user.displayName))</a></li>"
        }
        return .page(title: "Whose Salesforce?", "<ul>\(users.joined(separator: "\n"))</ul>")
    }

    private static func frame(_ app: ConnectedApp, _ text: String, license: String) -> HTTPResponse {
        let target = "\(app.canvasURL)?license=\(PercentText.encode(license))"
        return .page(
            title: "A record in Salesforce",
            """
            <form id="canvas" method="POST" action="\(HTTPResponse.escaped(target))" target="frame">
            <input type="hidden" name="signed_request" value="\(HTTPResponse.escaped(text))">
            <noscript><input type="submit" value="Open"></noscript></form>
            <iframe name="frame" title="\(HTTPResponse.escaped(app.label))" width="100%" height="600"></iframe>
            <script>document.getElementById("canvas").submit();</script>
            """)
    }
}

extension Simulator {
    /// What Canvas posts as `signed_request` when the user opens the app: right, or with one defect.
    ///
    /// - Throws: `not_found` for an org, an app or a user that is not there, `internal`.
    package func signedRequest(
        of app: String = "bridge", in org: String = "acme", for user: String, defect: CanvasDefect? = nil,
        parameters: JSONValue = .object([])
    ) throws(SimulatorError) -> String {
        let context = salesforceContext
        let request = try withWorld { world throws(SimulatorError) in
            try world.signedRequest(of: app, in: org, for: user, defect: defect, parameters: parameters, context)
        }
        do throws(CryptoError) {
            return try request.text()
        } catch {
            throw SimulatorError(error)
        }
    }
}

extension World {
    fileprivate mutating func signedRequest(
        of appName: String, in orgName: String, for name: String, defect: CanvasDefect?, parameters: JSONValue,
        _ context: SalesforceContext
    ) throws(SimulatorError) -> SignedRequest {
        guard let org = population.org(named: orgName), let app = org.app(appName), let user = org.users.user(name)
        else {
            throw SimulatorError(
                .notFound, "\(quoted(orgName)) has no app \(quoted(appName)) or no user \(quoted(name))")
        }
        do throws(SalesforceOAuthError) {
            let tokens = try issue(to: user, of: org, app, .canvas, at: .myDomain(orgName), context)
            if defect == .deadToken { _ = salesforce.sessions.remove(tokens.accessToken) }
            return SignedRequest(
                org: org, app: app, user: user, token: tokens.accessToken, instanceURL: tokens.instanceURL,
                now: context.now, parameters: parameters, defect: defect)
        } catch {
            throw SimulatorError(.internal, error.description)
        }
    }
}
