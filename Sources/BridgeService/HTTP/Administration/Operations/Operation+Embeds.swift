internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension Operation {
    /// Cobrowse's pages, for other pages to embed.
    static let embeds = [
        Operation(
            spec: OperationSpec(
                id: "embedURL", method: .get, path: path,
                summary: "The URL of a Cobrowse page to embed, filtered by a record, with a token signed for it",
                need: .tenantMint, query: EmbedQuery.parameters, answers: [answer], problems: problems)
        ) { call in
            let tenant = try await call.tenant()
            let query = EmbedQuery(call.query)
            let agent = EmbedAgent.named(try query.token(for: tenant.license))
            return try await answer(call, tenant, agent, try query.request())
        },
        Operation(
            spec: OperationSpec(
                id: "makeEmbed", method: .post, path: path,
                summary: "The same with the members in the body, for an agent's own token or with a policy",
                need: .tenantMint, body: .json(.named("EmbedRequest")), answers: [answer],
                problems: problems + loginProblems)
        ) { call in
            let tenant = try await call.tenant()
            let order = try EmbedOrder(call.content.value, license: tenant.license)
            return try await answer(call, tenant, order.agent, order.request)
        },
    ]

    private static let path = PathTemplate("/api/1/tenants/{license}/embed")
    private static let problems = mintProblems + [.init(.notFound, .unprocessableContent)]
    /// The agent's token is refused as at `POST /api/1/sso/verify`; what is wrong with it is wrong with the body.
    private static let loginProblems: [OperationSpec.Problem] =
        ReasonCode.allCases.filter { $0.category == .token }.map { .init($0, .unprocessableContent) }
        + ReasonCode.allCases.filter { $0.category == .person }.map { .init($0) }
    private static let answer = OperationSpec.Answer.value(
        "The URL, and the token where it does not stand in it; X-Decision-Id after the judgement of an agent's token",
        .named("Embed"))

    /// The record is looked at first: nobody is judged, and nothing signed, for a page that is not shown.
    private static func answer(
        _ call: AdministrationCall, _ tenant: Tenant, _ agent: EmbedAgent, _ request: EmbedRequest
    ) async throws -> AdministrationAnswer {
        let url: EmbedURL
        do throws(RecordRefusal) {
            url = try request.url(at: call.services.site().cobrowse, for: tenant.settings)
        } catch {
            throw RequestRefusal(.unprocessableContent, error.code, error.detail, hint: error.hint)
        }
        let token = try await call.request(for: agent, of: tenant.license)
        let embed = Embed(url, try await call.minted(token))
        return .object { writer in
            writer.embedMembers(embed)
            writer.name("warnings")
            writer.array { writer in if let warning = request.warning { writer.string(warning) } }
        }.decision(token.decision?.id)
    }
}

extension AdministrationCall {
    /// What is to be signed for `agent`, who is judged first where a token speaks for the agent.
    fileprivate func request(for agent: EmbedAgent, of license: License) async throws -> TokenRequest {
        switch agent {
        case .named(let request): return request
        case .bearer(let token, let lifetime):
            let admission = try await services.presented.admit(token, of: license, from: caller, now: now)
            return try TokenRequest(admission, lifetime: lifetime)
        }
    }
}
