package import BridgeCrypto

/// A sign-in that was proven: who it is, and what it was for. What that is worth is decided elsewhere.
package struct SignedIn<Person: Sendable>: Sendable {
    package let record: PendingSignIn
    package let person: Person
    /// To be shown at most.
    package let display: IDTokenDisplay
    /// The person's own tokens.
    package let grant: TokenGrant
}

/// A sign-in that was not.
package struct SignInRefusal: Error, Sendable {
    package let error: ConnectorError
    /// How far it came.
    package let step: SignInStep
    /// What it was for; `nil` where nothing has been proven, so that nothing is to be learnt.
    package let record: PendingSignIn?
}

/// What a sign-in has to pass when it returns, in order.
package enum SignInStep: Sendable, Hashable, CaseIterable {
    /// State and cookie lead to a record, once and in time.
    case state
    /// The provider let the person in, and gave tokens for the code.
    case code
    /// The ID token is the provider's, and speaks of somebody who may be spoken of.
    case idToken
}
