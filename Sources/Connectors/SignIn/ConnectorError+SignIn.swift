internal import BridgeCore
internal import BridgeCrypto

extension ConnectorError {
    /// A sign-in that was begun elsewhere, finished already, or takes too long; which, is not said.
    static let stateInvalid = ConnectorError(
        .stateInvalid, "the sign-in came back without the state it left with, twice, or too late",
        hint: "start the sign-in again, in one browser window", fixedBy: .agent)

    /// Why an ID token counts for nothing.
    init(_ refusal: IDTokenRefusal) {
        let fixedBy: FixedBy? =
            switch refusal.code {
            case .tenantMismatch, .stateInvalid: .agent
            case .audienceMismatch, .tokenExpired, .tokenNotYetValid, .issuerUnknown: .bridgeOperator
            default: nil
            }
        self.init(refusal.code, refusal.detail, hint: refusal.hint, fixedBy: fixedBy)
    }
}

extension IDTokenRules {
    /// As `verify`, with the refusal in the words of this module.
    func verified(
        _ token: UnverifiedIDToken, keys: IDTokenKeySet, accessToken: Secret, now: Timestamp
    ) throws(ConnectorError) -> VerifiedIDToken {
        do throws(IDTokenRefusal) {
            return try verify(token, keys: keys, accessToken: accessToken, now: now)
        } catch {
            throw ConnectorError(error)
        }
    }
}
