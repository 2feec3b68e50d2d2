package import BridgeCore
package import BridgeCrypto

/// The end of a sign-in, step by step: what has happened comes in, what is to be done goes out.
///
/// It knows no store, no network and no clock. A step that does not follow from the one before is `internal`.
package struct SignInReturn<Client: OpenIDClient>: Sendable {
    /// What has happened, in answer to an action.
    package enum Event: Sendable {
        case taken(PendingSignIn?)
        case client(Client)
        case granted(TokenGrant)
        case keys(IDTokenKeySet)
        /// The action could not be carried out.
        case failed(ConnectorError)
    }

    /// What is to be done.
    package enum Action: Sendable {
        /// Take the record out of where it is kept: `taken`.
        case take(id: String)
        /// Find the connection's client: `client`.
        case findClient(PendingSignIn)
        /// Redeem the code at the client's token endpoint: `granted`. The request lacks what proves the client.
        case redeem(TokenRequest, Client)
        /// Find the provider's keys: `keys`.
        case findKeys(ProviderLocation, keyID: String?)
        case accept(SignedIn<Client.Person>)
        case refuse(SignInRefusal)
    }

    private enum State {
        case taking
        case findingClient(PendingSignIn, code: Secret)
        case redeeming(PendingSignIn, Client)
        case verifying(PendingSignIn, Client, TokenGrant, UnverifiedIDToken)
        case ended
    }

    private let callback: AuthorizationCallback
    private var state = State.taking

    package init(_ callback: AuthorizationCallback) {
        self.callback = callback
    }

    /// The first thing to do.
    package mutating func start(cookie: SignInCookie?) -> Action {
        // Without either there is nothing to look for; a callback with an error gets no further either.
        guard let text = callback.state, let cookie else { return refuse(.stateInvalid) }
        do throws(ConnectorError) {
            return .take(id: try PendingSignIn.id(state: text, cookie: cookie))
        } catch {
            return refuse(error)
        }
    }

    /// What to do after `event`.
    package mutating func next(after event: Event, now: Timestamp) -> Action {
        switch (state, event) {
        case (.taking, .taken(let record)): return taken(record, now: now)
        case (.findingClient(let record, let code), .client(let client)): return redeem(code, record, client)
        case (.redeeming(let record, let client), .granted(let grant)): return read(grant, record, client)
        case (.verifying(let record, let client, let grant, let token), .keys(let keys)):
            return verify(token, grant, record, client, keys, now: now)
        case (_, .failed(let error)): return refuse(error)
        default: return refuse(ConnectorError(.internal, "a step of the sign-in came out of turn"))
        }
    }
}

extension SignInReturn {
    private mutating func taken(_ record: PendingSignIn?, now: Timestamp) -> Action {
        guard let record, record.isCurrent(at: now) else { return refuse(.stateInvalid) }
        switch callback.outcome {
        case .code(let code):
            state = .findingClient(record, code: code)
            return .findClient(record)
        case .refused(let refusal): return refuse(Client.error(for: refusal), record)
        case .nothing:
            return refuse(
                ConnectorError(
                    .codeInvalid, "the provider sent neither a code nor an error", hint: "start the sign-in again",
                    fixedBy: .agent), record)
        }
    }

    private mutating func redeem(_ code: Secret, _ record: PendingSignIn, _ client: Client) -> Action {
        // Whoever says that he is another provider than the one that was asked is not to get the code (RFC 9207 §2.4).
        if let issuer = callback.issuer, !client.provider.issuer.isTemplate,
            !client.provider.issuer.matches(issuer, ofTenant: nil)
        {
            return refuse(
                ConnectorError(
                    .issuerUnknown, "the sign-in was answered by \(quoted(issuer)), which was not asked",
                    hint: "start the sign-in again"), record)
        }
        var request = TokenRequest(at: client.tokenURL, grantType: "authorization_code")
        request.set("code", code)
        request.set("redirect_uri", client.redirectURI)
        request.set("code_verifier", record.verifier)
        state = .redeeming(record, client)
        return .redeem(request, client)
    }

    private mutating func read(_ grant: TokenGrant, _ record: PendingSignIn, _ client: Client) -> Action {
        guard let compact = grant.idToken else {
            return refuse(
                ConnectorError(
                    .claimMissing, "the provider answered without an ID token", hint: "ask for the scope openid",
                    fixedBy: .bridgeOperator), record, at: .idToken)
        }
        do throws(IDTokenRefusal) {
            let token = try compact.withBytes { bytes throws(IDTokenRefusal) in try UnverifiedIDToken(bytes) }
            state = .verifying(record, client, grant, token)
            return .findKeys(client.provider, keyID: token.unverifiedKeyID)
        } catch {
            return refuse(ConnectorError(error), record, at: .idToken)
        }
    }

    private mutating func verify(
        _ token: UnverifiedIDToken, _ grant: TokenGrant, _ record: PendingSignIn, _ client: Client,
        _ keys: IDTokenKeySet, now: Timestamp
    ) -> Action {
        let rules = IDTokenRules(issuer: client.provider.issuer, clientID: client.clientID, nonce: record.nonce)
        do throws(ConnectorError) {
            let verified = try rules.verified(token, keys: keys, accessToken: grant.accessToken.secret, now: now)
            let person = try client.person(in: verified, granted: grant)
            state = .ended
            return .accept(SignedIn(record: record, person: person, display: verified.claims.display, grant: grant))
        } catch {
            return refuse(error, record)
        }
    }

    /// - Parameter step: the one that failed, where it is not the one that was waited for.
    private mutating func refuse(
        _ error: ConnectorError, _ record: PendingSignIn? = nil, at step: SignInStep? = nil
    ) -> Action {
        defer { state = .ended }
        let record = record ?? self.record
        return .refuse(SignInRefusal(error: error, step: step ?? (record == nil ? .state : self.step), record: record))
    }

    /// What is waited for; the record is what makes the first step one that is passed.
    private var step: SignInStep {
        switch state {
        case .taking, .findingClient, .redeeming, .ended: .code
        case .verifying: .idToken
        }
    }

    /// The record that was taken out.
    private var record: PendingSignIn? {
        switch state {
        case .taking, .ended: nil
        case .findingClient(let record, _), .redeeming(let record, _), .verifying(let record, _, _, _): record
        }
    }
}
