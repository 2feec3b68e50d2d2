package import AuthService
package import BridgeCore
package import BridgeCrypto

/// What a consent was asked for: it travels with the administrator, sealed, so that nobody can make one up or change it.
package struct ConsentState: Sendable, Hashable {
    package let license: License
    package let connection: String
    /// Unguessable, and good for one consent: whoever stores it takes it out when the administrator comes back.
    package let id: String
    package let createdAt: Timestamp

    /// How long a consent URL can be used, in seconds: it is sent to somebody else, who may be on holiday.
    package static let lifetime: Int64 = 7 * 86_400

    /// The consent of a connection, asked for now.
    ///
    /// - Throws: `internal`.
    package init(
        license: License, connection: String, random: some RandomSource, now: Timestamp
    ) throws(ConnectorError) {
        do throws(CryptoError) {
            id = try random.token()
        } catch {
            throw ConnectorError(error)
        }
        self.license = license
        self.connection = connection
        createdAt = now
    }

    /// What it is kept under as long as nobody has consented: SHA-256 of its id.
    ///
    /// - Throws: `internal`.
    package var recordID: String {
        get throws(ConnectorError) {
            do throws(CryptoError) {
                return Base64URL.encode(try SHA256Digest(of: Array(id.utf8)).bytes)
            } catch {
                throw ConnectorError(error)
            }
        }
    }

    /// The text for the URL's `state`.
    ///
    /// - Throws: `internal`.
    package func sealed(by vault: some SecretVault) throws(ConnectorError) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("license", license.value)
            writer.member("connection", connection)
            writer.member("id", id)
            writer.member("createdAt", createdAt.seconds)
        }
        do throws(CryptoError) {
            return Base64URL.encode(try vault.seal(Secret(writer.bytes), for: Self.record))
        } catch {
            throw ConnectorError(error)
        }
    }

    /// Reads what came back.
    ///
    /// - Throws: `state_invalid` for whatever this bridge did not make, or made too long ago; which, it does not say.
    package init(sealed text: String?, by vault: some SecretVault, now: Timestamp) throws(ConnectorError) {
        guard let state = text.flatMap({ Self.open($0, by: vault) }), state.isCurrent(at: now) else {
            throw ConnectorError(
                .stateInvalid, "the consent came back without the state it left with, or too late",
                hint: "make a new consent URL: cobrowse-sso dynamics consent-url", fixedBy: .tenantAdministrator)
        }
        self = state
    }

    private static let record = "consent state"

    private func isCurrent(at now: Timestamp) -> Bool {
        createdAt <= now && now < createdAt.adding(seconds: Self.lifetime)
    }

    private static func open(_ text: String, by vault: some SecretVault) -> ConsentState? {
        guard text.utf8.count <= 2048, let box = Base64URL.decode(text.utf8),
            let plain = try? vault.open(box, for: record), let json = try? JSONValue(parsing: plain.text.utf8)
        else { return nil }
        return ConsentState(json)
    }

    private init?(_ json: JSONValue) {
        guard let license = json["license"]?.stringValue.flatMap(License.init),
            let connection = json["connection"]?.stringValue, let id = json["id"]?.stringValue,
            let createdAt = json["createdAt"]?.integerValue
        else { return nil }
        self.license = license
        self.connection = connection
        self.id = id
        self.createdAt = Timestamp(seconds: createdAt)
    }
}
