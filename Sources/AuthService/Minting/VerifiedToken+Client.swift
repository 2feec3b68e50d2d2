internal import BridgeCore
internal import BridgeCrypto

extension VerifiedToken {
    /// Whether it was minted for the bearer of an API token: it names a person, and is no proof of one.
    ///
    /// Other values of `client_id` are those of a tenant's own signer, and say nothing here.
    var isMintedForAPIToken: Bool {
        do throws(JSONError) {
            return try clientID()?.hasPrefix(APIToken.idPrefix) ?? false
        } catch {
            return true  // what cannot be read is nobody's proof
        }
    }
}
