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
                problems: [
                    .init(.configurationInvalid), .init(.emailNotAllowed), .init(.accountDisabled), .init(.notFound),
                    .init(.tokenLifetimeExceeded, .unprocessableContent), .init(.claimInvalid, .unprocessableContent),
                    .init(.tokenTooLarge, .unprocessableContent),
                ])
        ) { call in
            let request = try TokenRequest(call.content.value)
            try call.access.require(.mintTokens(request.license))
            do {
                let minted = try await call.services.mint().mint(
                    request, clientID: call.access.bearer.id, now: call.now)
                try await call.store.append([.minted(request, minted, call.stamp)])
                return .json(.created) { $0.mintedToken(minted) }
            } catch let error as MintRefusal {
                throw refusal(error)
            }
        }
    ]

    /// What is wrong with a token that was asked for is wrong with the request: nobody is unauthenticated by it.
    private static func refusal(_ error: MintRefusal) -> any Error {
        guard error.code.category == .token else { return error }
        return RequestRefusal(.unprocessableContent, error.code, error.detail, hint: error.hint)
    }
}
