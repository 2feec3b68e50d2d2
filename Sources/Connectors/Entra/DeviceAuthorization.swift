package import BridgeCore

/// What somebody has to type where, so that a program without a browser is signed in (RFC 8628 §3.2).
package struct DeviceAuthorization: Sendable {
    /// Typed by the person.
    package let userCode: String
    /// Where: shown to the person.
    package let verificationURL: String
    package let expiresAt: Timestamp
    /// How long to wait between two requests, in seconds.
    package let interval: Int64
    /// What the program asks with.
    let deviceCode: Secret

    /// Reads the answer of the endpoint; `nil` where something is missing.
    init?(_ answer: JSONValue, now: Timestamp) {
        guard let userCode = answer["user_code"]?.stringValue, !userCode.isEmpty,
            let url = answer["verification_uri"]?.stringValue, url.hasPrefix("https://") || url.hasPrefix("http://"),
            let deviceCode = answer["device_code"]?.stringValue, !deviceCode.isEmpty,
            let lifetime = answer["expires_in"]?.integerValue
        else { return nil }
        self.userCode = userCode
        verificationURL = url
        expiresAt = now.adding(seconds: min(max(lifetime, 0), 3600))
        interval = min(max(answer["interval"]?.integerValue ?? 5, 1), 60)
        self.deviceCode = Secret(Array(deviceCode.utf8))
    }
}
