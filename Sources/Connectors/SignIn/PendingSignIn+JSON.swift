internal import AuthService
package import BridgeCore
internal import HTTPMessage

extension PendingSignIn {
    /// The record as JSON text, to be sealed and stored: its verifier and nonce are secrets.
    package var json: Secret {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("license", license.value)
            writer.member("connection", connection)
            writer.member("purpose", purpose.rawValue)
            if let redirectTo { writer.member("redirectTo", redirectTo.text) }
            if let caller { writer.member("caller", caller) }
            writer.member("nonce", nonce)
            writer.member("verifier", verifier.text)
            writer.member("createdAt", createdAt.milliseconds)
        }
        return Secret(writer.bytes)
    }

    /// Reads what was stored; `nil` for anything else.
    package init?(json: Secret) {
        guard let value = try? JSONValue(parsing: json.text.utf8),
            let license = value["license"]?.stringValue.flatMap(License.init),
            let connection = value["connection"]?.stringValue,
            let purpose = value["purpose"]?.stringValue.flatMap(SignInPurpose.init),
            let nonce = value["nonce"]?.stringValue, !nonce.isEmpty, let verifier = value["verifier"]?.stringValue,
            let createdAt = value["createdAt"]?.integerValue
        else { return nil }
        self.license = license
        self.connection = connection
        self.purpose = purpose
        redirectTo = value["redirectTo"]?.stringValue.flatMap { RequestURL($0) }
        caller = value["caller"]?.stringValue
        self.nonce = nonce
        self.verifier = Secret(Array(verifier.utf8))
        self.createdAt = Timestamp(milliseconds: createdAt)
    }
}
