package import HTTPMessage

/// A request to one of the stand-ins as a value, so that it can be answered with or without a socket.
package struct SimulatedRequest: Sendable {
    package var site: Site
    package var method: HTTPMethod
    /// As it was sent, percent-encoded.
    package var path: String
    /// What follows the `?`, as it was sent; `nil` without one.
    package var query: String?
    package var fields: HTTPFields
    package var body: [UInt8]

    package init(
        _ method: HTTPMethod, _ site: Site, path: String, query: String? = nil, fields: HTTPFields = [],
        body: [UInt8] = []
    ) {
        self.site = site
        self.method = method
        self.path = path
        self.query = query
        self.fields = fields
        self.body = body
    }

    /// A request to an absolute URL of one of `sites`; `nil` for any other URL.
    package init?(
        _ method: HTTPMethod, _ url: String, of sites: SiteMap, fields: HTTPFields = [], body: [UInt8] = []
    ) {
        guard let (site, target) = sites.locate(url) else { return nil }
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            method, site, path: halves[0].isEmpty ? "/" : String(halves[0]),
            query: halves.count == 2 ? String(halves[1]) : nil, fields: fields, body: body)
    }

    /// The value of the field `name`, compared without regard to case.
    func field(_ name: String) -> String? {
        HTTPFieldName(name).flatMap { fields[$0]?.text }
    }

    /// The parts of the path between its slashes, decoded; one that cannot be decoded is empty.
    var segments: [String] {
        path.split(separator: "/", omittingEmptySubsequences: true).map { PercentText.decode($0) ?? "" }
    }

    /// Path and query as they were sent.
    var target: String { query.map { "\(path)?\($0)" } ?? path }

    /// The token of `Authorization: Bearer`; `nil` for another scheme and without the field.
    var bearerToken: String? {
        guard let value = field("Authorization"), value.prefix(7).lowercased() == "bearer " else { return nil }
        return String(value.dropFirst(7))
    }
}
