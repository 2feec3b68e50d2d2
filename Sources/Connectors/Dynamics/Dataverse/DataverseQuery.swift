internal import BridgeCore
internal import HTTPMessage

/// A read of the Web API (OData v4): what is asked for below `/api/data/v9.2/`.
struct DataverseQuery: Sendable {
    /// The version that is asked for; every environment has it since 2021.
    static let version = "v9.2"

    /// Entity set, function or navigation, without a slash in front.
    let path: String
    /// `$select` and its like, in order.
    let options: [(name: String, value: String)]
    /// Whether caches of roles and privileges are left out, which may lag by half a minute.
    let isStrong: Bool
    /// The most rows of one page.
    let pageSize: Int

    init(
        _ path: String, _ options: [(name: String, value: String)] = [], isStrong: Bool = false,
        pageSize: Int = Self.pageSize
    ) {
        self.path = path
        self.options = options
        self.isStrong = isStrong
        self.pageSize = pageSize
    }

    /// Where it is sent; `nil` for what does not fit into a URL.
    func url(at origin: WebOrigin) -> RequestURL? {
        RequestURL(origin: origin, path: "/api/data/\(Self.version)/\(path)", query: options)
    }

    /// Rows of one page.
    static let pageSize = 500

    /// What every read sends; `Prefer` is repeated with every page, and left out where one row is enough.
    var fields: HTTPFields {
        var fields: HTTPFields = [
            HTTPField(.accept, "application/json"), HTTPField(.oDataVersion, "4.0"),
            HTTPField(.oDataMaxVersion, "4.0"),
        ]
        if !options.contains(where: { $0.name == "$top" }) {
            fields.append(.prefer, HTTPFieldValue(replacingIllegalIn: "odata.maxpagesize=\(pageSize)"))
        }
        if isStrong { fields.append(.consistency, "Strong") }
        return fields
    }

    /// A text inside a filter: in single quotes, which are doubled within.
    static func literal(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }
}
