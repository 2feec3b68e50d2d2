package import BridgeCore

/// The URL of a Cobrowse page that another page embeds, without its token.
///
/// With filters, it shows the devices that meet all of them and no others; without any, all that the agent may see.
package struct EmbedURL: Sendable, Hashable {
    /// The origin of `cobrowse_api`.
    package let origin: WebOrigin
    package let page: EmbedPage
    package let tokenSource: EmbedTokenSource
    /// The values of parameters, of those that they take; the rest is left to Cobrowse.
    package let parameters: [EmbedParameter: String]
    /// No two of one key.
    package let filters: [DeviceFilter]

    package init(
        origin: WebOrigin, page: EmbedPage = .dashboard, tokenSource: EmbedTokenSource = .url,
        parameters: [EmbedParameter: String] = [:], filters: [DeviceFilter] = []
    ) {
        self.origin = origin
        self.page = page
        self.tokenSource = tokenSource
        self.parameters = parameters
        self.filters = filters
    }

    /// The URL as text: of names and values only RFC 3986's unreserved characters stand there as they are.
    ///
    /// - Parameter token: the token that stands in the URL, or would; `nil` leaves it out.
    package func text(token: String?) -> String {
        var bytes: [UInt8] = []
        for (name, value) in fields(token: token) {
            bytes.append(bytes.isEmpty ? UInt8(ascii: "?") : UInt8(ascii: "&"))
            PercentEncoding.append(name.utf8Span.span, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            PercentEncoding.append(value.utf8Span.span, to: &bytes)
        }
        return "\(origin)/\(page.rawValue)\(String(decoding: bytes, as: UTF8.self))"
    }

    /// Names and values in the order of the URL: the token, the filters by key, the parameters.
    private func fields(token: String?) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        switch tokenSource {
        case .url: if let token { fields.append(("token", token)) }
        case .postMessage: fields.append(("token_source", tokenSource.rawValue))
        }
        for filter in filters.sorted(by: { $0.key < $1.key }) {
            fields.append((DeviceFilter.prefix + filter.key, filter.value))
        }
        for parameter in EmbedParameter.allCases {
            if let value = parameters[parameter] { fields.append((parameter.rawValue, value)) }
        }
        return fields
    }
}
