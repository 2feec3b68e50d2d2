import HTTPMessage

/// Where a sign-in ends, in the place of the Cobrowse instance: shows what the browser has brought, and what a page's
/// server does with it.
enum LandingPage {
    /// The pages of Cobrowse that tokens are for.
    static let paths: Set = ["/dashboard", "/code", "/connect"]

    /// A page for a browser, lines for a program.
    static func answer(_ request: SimulatedRequest, _ simulator: Simulator) -> HTTPResponse {
        let parameters = try? Parameters(request.query ?? "", isForm: false)
        let bridge = simulator.bridgeURL ?? ""
        let (sentence, command) =
            if let code = parameters?["code"] {
                (
                    "Cobrowse opens \(request.path). Its server has the code exchanged for the token, within a minute:",
                    "curl -s -d '{\"code\":\"\(code.filter(isPlain))\"}' \(bridge)/api/1/sso/exchange"
                )
            } else if let token = parameters?["token"] {
                (
                    "Cobrowse opens \(request.path), with the token in the URL:",
                    "curl -s -d '{\"token\":\"\(token.filter(isPlain))\"}' \(bridge)/api/1/sso/verify"
                )
            } else {
                ("Nobody was signed in: the URL has neither a code nor a token.", "")
            }
        guard request.field("Accept")?.contains("text/html") == true else {
            return HTTPResponse(
                .ok, contentType: "text/plain; charset=utf-8", body: Array("\(sentence)\n\(command)\n".utf8))
        }
        return .page(
            title: "Cobrowse",
            "<p>\(HTTPResponse.escaped(sentence))</p><pre style=\"white-space:pre-wrap;overflow-wrap:anywhere\">\(HTTPResponse.escaped(command))</pre>"
        )
    }

    /// What codes and tokens are made of; nothing else gets into a line that somebody is going to copy.
    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
    }
}
