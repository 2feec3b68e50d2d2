package import AuthService
package import BridgeCore
internal import BridgeCrypto

/// Lets a browser sign in for the list of organizations of one caller: without it, anybody who can sign in at the client
/// could put a list of their own before an administrator.
package struct OrganizationTicket: Sendable, Hashable {
    package let connection: ConnectionID
    /// Who asked, by the name of `Access`.
    package let caller: String
    private let createdAt: Timestamp

    package init(_ connection: ConnectionID, for access: Access, at now: Timestamp) {
        self.connection = connection
        caller = access.actorName
        createdAt = now
    }

    private static let record = "organization ticket"

    /// The text for a URL.
    ///
    /// - Throws: `internal`.
    package func sealed(by vault: some SecretVault) throws(ConnectorError) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("license", connection.license.value)
            writer.member("connection", connection.identityName)
            writer.member("caller", caller)
            writer.member("createdAt", createdAt.seconds)
        }
        do throws(CryptoError) {
            return Base64URL.encode(try vault.seal(Secret(writer.bytes), for: Self.record))
        } catch {
            throw ConnectorError(error)
        }
    }

    /// What a browser brings once its person was told who asked: nobody can make it for a browser of somebody else.
    ///
    /// - Throws: `internal`.
    package static func confirmation(of sealed: String, by cookie: SignInCookie) throws(ConnectorError) -> String {
        do throws(CryptoError) {
            return Base64URL.encode(try SHA256Digest(of: Array("\(record) \(sealed) \(cookie.value.text)".utf8)).bytes)
        } catch {
            throw ConnectorError(error)
        }
    }

    /// Reads what a browser brought.
    ///
    /// - Throws: `state_invalid` for whatever this bridge did not make for `connection`, or made more than ten minutes ago.
    package init(
        sealed text: String, for connection: ConnectionID, by vault: some SecretVault, now: Timestamp
    ) throws(ConnectorError) {
        guard let ticket = Self.open(text, by: vault), ticket.connection == connection, ticket.createdAt <= now,
            now < ticket.createdAt.adding(seconds: OrganizationSession.lifetime)
        else {
            throw ConnectorError(
                .stateInvalid, "the ticket is none for this connection, or too old",
                hint: "ask for the organizations again: the answer has a new URL", fixedBy: .tenantAdministrator)
        }
        self = ticket
    }

    private static func open(_ text: String, by vault: some SecretVault) -> OrganizationTicket? {
        guard text.utf8.count <= 2048, let box = Base64URL.decode(text.utf8),
            let plain = try? vault.open(box, for: record), let json = try? JSONValue(parsing: plain.text.utf8)
        else { return nil }
        return OrganizationTicket(json)
    }

    private init?(_ json: JSONValue) {
        guard let license = json["license"]?.stringValue.flatMap(License.init),
            let name = json["connection"]?.stringValue,
            let connection = ConnectionID(.dynamics, identityName: name, of: license),
            let caller = json["caller"]?.stringValue, let createdAt = json["createdAt"]?.integerValue
        else { return nil }
        self.connection = connection
        self.caller = caller
        self.createdAt = Timestamp(seconds: createdAt)
    }
}
