import BridgeCore
import HTTPMessage

/// A form that was posted to the token endpoint or to that of device codes.
struct TokenRequest: Sendable {
    let form: Parameters
    let path: AuthorityPath
    let authorization: String?
    /// Whether a browser sent it.
    let hasOrigin: Bool

    /// - Throws: `invalid_request` for another method or media type, and for a form in which a name occurs twice.
    init(_ request: SimulatedRequest, at path: AuthorityPath) throws(EntraError) {
        self.path = path
        guard request.method == .post else {
            throw EntraError(
                900_561, "invalid_request",
                "The endpoint only accepts POST requests. Received a \(request.method.rawValue) request.")
        }
        let type = request.field("Content-Type")?.split(separator: ";").first?.lowercased() ?? ""
        guard type == "application/x-www-form-urlencoded" else { throw .missing("grant_type") }
        form = try request.signInParameters()
        authorization = request.field("Authorization")
        hasOrigin = request.field("Origin") != nil
    }

    /// The value under `name`.
    ///
    /// - Throws: AADSTS900144.
    func required(_ name: String) throws(EntraError) -> String {
        guard let value = form[name] else { throw .missing(name) }
        return value
    }
}
