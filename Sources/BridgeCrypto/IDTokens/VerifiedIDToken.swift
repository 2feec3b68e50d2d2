/// An ID token whose signature and claims have been verified; only `IDTokenRules` make one.
package struct VerifiedIDToken: Sendable {
    package let claims: IDTokenClaims

    init(_ claims: IDTokenClaims) {
        self.claims = claims
    }
}
