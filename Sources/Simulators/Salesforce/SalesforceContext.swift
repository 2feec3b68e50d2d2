import BridgeCore
import BridgeCrypto

/// What every endpoint of Salesforce's works with besides its request.
struct SalesforceContext: Sendable {
    let sites: SiteMap
    let now: Timestamp
    let random: any RandomSource

    /// The origin of `host`, which is its issuer, too.
    func origin(_ host: SalesforceHost) -> String { sites[host.site] }

    /// The identity URL of a user at `host`.
    func identity(_ user: String, of org: Org, at host: SalesforceHost) -> String {
        "\(origin(host))/id/\(org.id)/\(user)"
    }

    /// 43 random characters.
    ///
    /// - Throws: `unknown_error` where the machine has no randomness to give.
    func token() throws(SalesforceOAuthError) -> String {
        do throws(CryptoError) {
            return try random.token()
        } catch {
            throw SalesforceOAuthError("unknown_error", "\(error)")
        }
    }
}
