internal import BridgeCore

/// The payload of an agent token, apart from header and signature.
package enum TokenPayload {
    /// Reads and judges the claims as `UnverifiedToken` does, for a payload that is at hand as JSON text.
    ///
    /// It tells a signer before it signs whether the claims have a form that a verifier takes, and it is the one step
    /// of a verification that can be compared with a JSON decoder, which is why the benchmark calls it.
    /// - Throws: `token_malformed`, `claim_invalid`, `claim_missing`, `audience_mismatch`; times are not judged.
    package static func check(_ payload: Span<UInt8>) throws(TokenRefusal) {
        _ = try ClaimsReader.read(payload, in: 0..<payload.count)
    }
}
