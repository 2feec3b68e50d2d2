internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension Operation {
    /// Cobrowse's pages, for other pages to embed.
    static let embeds = [
        Operation(
            spec: OperationSpec(
                id: "embedURL", method: .get, path: PathTemplate("/api/1/tenants/{license}/embed"),
                summary: "The URL of a Cobrowse page to embed, filtered by a record, with a token signed for it",
                need: .tenantMint, query: EmbedQuery.parameters,
                answers: [.value("The URL, and the token where it does not stand in it", .named("Embed"))],
                problems: mintProblems + [.init(.notFound, .unprocessableContent)]), run: embed)
    ]

    private static func embed(_ call: AdministrationCall) async throws -> AdministrationAnswer {
        let tenant = try await call.tenant()
        let request = try EmbedQuery(call.query).request(for: tenant.license)
        let url: EmbedURL
        do throws(RecordRefusal) {
            url = try request.url(at: call.services.site().cobrowse, for: tenant.settings)
        } catch {
            throw RequestRefusal(.unprocessableContent, error.code, error.detail, hint: error.hint)
        }
        let embed = Embed(url, try await call.minted(request.token))
        return .object { $0.embedMembers(embed) }
    }
}
