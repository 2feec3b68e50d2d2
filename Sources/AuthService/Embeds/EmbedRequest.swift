package import BridgeCore

/// The embedded page that somebody asks for.
package struct EmbedRequest: Sendable {
    package let page: EmbedPage
    package let tokenSource: EmbedTokenSource
    package let parameters: [EmbedParameter: String]
    /// What is open in front of the agent; `nil` for all devices.
    package let record: CRMRecord?

    package init(
        page: EmbedPage = .dashboard, tokenSource: EmbedTokenSource = .url,
        parameters: [EmbedParameter: String] = [:], record: CRMRecord? = nil
    ) {
        self.page = page
        self.tokenSource = tokenSource
        self.parameters = parameters
        self.record = record
    }

    /// What is probably not meant; `nil` where nothing is.
    package var warning: String? {
        page == .connect && record == nil ? "without a record the page connects to whatever device is there" : nil
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
