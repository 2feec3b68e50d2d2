internal import BridgeCore
package import BridgeCrypto
package import HTTPMessage

/// What binds a sign-in to the browser that began it: 256 random bits in a cookie.
///
/// A browser keeps the one it has, so that sign-ins in two of its windows do not undo each other.
package struct SignInCookie: Sendable {
    /// No page of another host, not even of a subdomain, can set a cookie with this prefix (RFC 6265bis §4.1.3.2).
    package static let name = "__Host-cobrowse-sso-signin"

    let value: Secret

    /// A new one.
    ///
    /// - Throws: `internal`.
    package init(from random: some RandomSource) throws(ConnectorError) {
        do throws(CryptoError) {
            value = Secret(Array(try random.token().utf8))
        } catch {
            throw ConnectorError(error)
        }
    }

    /// The one of a request; `nil` without one, for two different ones, and for what is none of ours.
    ///
    /// - Parameter fields: the values of all `Cookie` fields.
    package init?(in fields: [String]) {
        var values: Set<String> = []
        for pair in fields.flatMap({ $0.split(separator: ";") }) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, halves[0].drop(while: { $0 == " " }) == Self.name else { continue }
            values.insert(String(halves[1]))
        }
        guard values.count == 1, let value = values.first, value.utf8.count == 43,
            Base64URL.decode(value.utf8) != nil
        else { return nil }
        self.value = Secret(Array(value.utf8))
    }

    /// The value of a `Set-Cookie` field.
    ///
    /// `SameSite=None`, since Cobrowse lives in frames of other sites; `Partitioned`, so that a frame in one site does not
    /// share it with frames in others (CHIPS).
    package var field: HTTPFieldValue {
        let attributes = "Path=/; Max-Age=\(PendingSignIn.lifetime); Secure; HttpOnly; SameSite=None; Partitioned"
        return HTTPFieldValue(replacingIllegalIn: "\(Self.name)=\(value.text); \(attributes)")
    }
}
