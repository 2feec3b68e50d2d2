internal import AuthService
internal import Connectors
internal import HTTPMessage

/// The step of a decision that says what opened a canvas.
enum CanvasCheck {
    /// It was signed for this app; a warning where the app's canvas URL, which was signed too, means another place than the
    /// request. That is no refusal: a Visualforce page may open the canvas with a URL of its own.
    static func passed(_ application: CanvasApplication, _ query: SignInQuery) -> Check {
        let words =
            "Salesforce has signed who opened the canvas, just now and for once; the application is \(application)"
        guard let difference = difference(application, query) else { return Check(.signedRequest, .passed, words) }
        return Check(.signedRequest, .warning, "\(words); \(difference)")
    }

    private static func difference(_ application: CanvasApplication, _ query: SignInQuery) -> String? {
        guard let signed = application.canvasURL?.target.split(separator: "?", maxSplits: 1).dropFirst().first else {
            return nil
        }
        guard let meant = try? SignInQuery(String(signed), known: BrowserSignIns.parameters) else {
            return "its canvas URL is none of the bridge's"
        }
        let names = [
            ("license", meant.license == query.license), ("connection", meant.connection == query.connection),
            ("redirectTo", meant.redirectTo == query.redirectTo),
        ].filter { !$0.1 }.map(\.0)
        return names.isEmpty ? nil : "its canvas URL has another \(names.joined(separator: ", "))"
    }
}
