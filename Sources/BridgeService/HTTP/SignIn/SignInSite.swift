internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// Where browsers find the service, and Cobrowse, by the settings of the moment.
struct SignInSite: Sendable {
    /// The origin of `cobrowse_api`.
    let cobrowse: WebOrigin
    private let publicURL: RequestURL?
    private let allowsInsecureLoopback: Bool

    init(_ configuration: Configuration) {
        cobrowse = configuration.cobrowse
        publicURL = configuration.publicURL
        allowsInsecureLoopback = configuration.allowsInsecureLoopback
    }

    /// The URL of a path of the service: what is registered as redirect URI, byte for byte (S0-28).
    ///
    /// - Throws: `configuration_invalid`, with the name of the setting that is missing or not good enough.
    func url(of path: StaticString) throws(ConnectorError) -> String {
        guard let publicURL else {
            throw Self.unfit(
                "public_url is not set", hint: "set it to the https URL under which browsers reach the bridge")
        }
        guard publicURL.origin.isSecure || allowsInsecureLoopback else {
            throw Self.unfit(
                "public_url is not https, and browsers keep the cookie of a sign-in over https only",
                hint: "set it to an https URL; to try it on this machine, set allow_insecure_loopback=true")
        }
        let base = publicURL.text
        return (base.hasSuffix("/") ? String(base.dropLast()) : base) + path.description
    }

    /// Where a sign-in lands that nobody has told where: for a channel with live chat that is where the agent works, and
    /// which channel it is only the page knows that begins the sign-in (`redirectTo=/code` for the others, S0-15).
    static let standardLanding = "/dashboard"

    private static func unfit(_ detail: String, hint: String) -> ConnectorError {
        ConnectorError(.configurationInvalid, detail, hint: hint, fixedBy: .bridgeOperator)
    }
}
