internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension Operation {
    /// Tokens that the bridge signs.
    static let tokens = [
        Operation(
            spec: OperationSpec(
                id: "mintToken", method: .post, path: PathTemplate("/api/1/tokens"),
                summary: "Sign an agent token with the bridge's own key", need: .mint,
                body: .json(.named("TokenRequest")), answers: [.made("The token", .named("MintedToken"))],
                problems: mintProblems)
        ) { call in
            let request = try TokenRequest(call.content.value)
            try call.access.require(.mintTokens(request.license))
            let minted = try await call.minted(request)
            return .json(.created) { $0.mintedToken(minted) }
        }
    ]

    /// What can be wrong with a token that is asked for.
    static let mintProblems: [OperationSpec.Problem] = [
        .init(.configurationInvalid), .init(.emailNotAllowed), .init(.accountDisabled), .init(.notFound),
        .init(.tokenLifetimeExceeded, .unprocessableContent), .init(.claimInvalid, .unprocessableContent),
        .init(.tokenTooLarge, .unprocessableContent),
    ]
}

extension AdministrationCall {
    /// The token that `request` asks for, with the call in its audit trail; who may ask, is decided before.
    func minted(_ request: TokenRequest) async throws -> MintedToken {
        do {
            let minted = try await services.mint().mint(request, clientID: access.bearer.id, now: now)
            try await store.append([.minted(request, minted, stamp)])
            return minted
        } catch let error as MintRefusal where error.code.category == .token {
            // What is wrong with a token that was asked for is wrong with the request: nobody is unauthenticated by it.
            throw RequestRefusal(.unprocessableContent, error.code, error.detail, hint: error.hint)
        }
    }
}
