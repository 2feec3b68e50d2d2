package import BridgeCore

/// The embedded page that somebody asks for, and for whom.
package struct EmbedRequest: Sendable {
    /// The token that goes with it.
    package let token: TokenRequest
    package let page: EmbedPage
    package let tokenSource: EmbedTokenSource
    package let parameters: [EmbedParameter: String]
    /// What is open in front of the agent; `nil` for all devices.
    package let record: CRMRecord?

    package init(
        token: TokenRequest, page: EmbedPage = .dashboard, tokenSource: EmbedTokenSource = .url,
        parameters: [EmbedParameter: String] = [:], record: CRMRecord? = nil
    ) {
        self.token = token
        self.page = page
        self.tokenSource = tokenSource
        self.parameters = parameters
        self.record = record
    }

    /// The URL at Cobrowse, filtered as the tenant maps the record.
    ///
    /// - Throws: as `RecordMapping.filters(for:)`, before a token is signed.
    package func url(at origin: WebOrigin, for tenant: TenantSettings) throws(RecordRefusal) -> EmbedURL {
        let filters = try record.map { record throws(RecordRefusal) in try tenant.recordMapping.filters(for: record) }
        return EmbedURL(
            origin: origin, page: page, tokenSource: tokenSource, parameters: parameters, filters: filters ?? [])
    }
}
