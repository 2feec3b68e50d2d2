import BridgeCore
import BridgeCrypto
import BridgeTesting

/// What the verifier says of a token: `nil` where it is accepted, else the refusal.
func refusal(
    of token: some Sequence<UInt8>, keys: TokenKeySet, rules: TokenRules = .standard, now: Timestamp = TokenMaker.now
) throws -> TokenRefusal? {
    let verifier = try TokenVerifier()
    do throws(TokenRefusal) {
        _ = try verifier.verify(UnverifiedToken(Array(token).span), keys: keys, rules: rules, now: now)
        return nil
    } catch {
        return error
    }
}

/// The token that the verifier accepts.
func verified(
    _ token: String, keys: TokenKeySet, rules: TokenRules = .standard, now: Timestamp = TokenMaker.now
) throws -> VerifiedToken {
    try TokenVerifier().verify(UnverifiedToken(token), keys: keys, rules: rules, now: now)
}

/// The error that `body` ends in, or `nil`.
func cryptoError(_ body: () throws(CryptoError) -> Void) -> CryptoError? {
    do throws(CryptoError) {
        try body()
        return nil
    } catch {
        return error
    }
}
