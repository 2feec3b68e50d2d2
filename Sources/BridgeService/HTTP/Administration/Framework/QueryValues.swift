internal import AuthService
internal import BridgeCore
internal import HTTPMessage

/// The parameters behind the `?` of a request, each known to the operation and there once.
struct QueryValues: Sendable {
    private let values: [String: String]

    /// - Parameter text: what follows the `?`, `nil` without one.
    /// - Throws: 400 `configuration_invalid` naming the parameter that is unknown, malformed or there twice.
    init(_ text: String?, known: [QueryParameter]) throws(RequestRefusal) {
        var values: [String: String] = [:]
        for pair in (text ?? "").utf8.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(halves[0]), halves.count == 2,
                let value = PercentEncoding.decode(halves[1])
            else {
                throw .query("", "the query is not made of name=value", hint: "join several with &, percent-encoded")
            }
            guard known.contains(where: { $0.name == name }) else {
                throw .query(name, "is not known here", hint: Self.hint(name, known))
            }
            guard values.updateValue(value, forKey: name) == nil else { throw .query(name, "stands there twice") }
        }
        self.values = values
    }

    /// The license that a query names, whatever else is wrong with it; for those who have to know it before they look at
    /// the rest.
    static func license(in text: String?) -> String? {
        let known = QueryParameter(name: "license", schema: .string, summary: "")
        let pairs = (text ?? "").utf8.split(separator: UInt8(ascii: "&")).map { String(Substring($0)) }
        let values = pairs.compactMap { try? QueryValues($0, known: [known]).text("license") }
        return values.count == 1 ? values[0] : nil
    }

    private static func hint(_ name: String, _ known: [QueryParameter]) -> String {
        let names = known.map(\.name)
        if let near = Suggestion.nearest(to: name, among: names) { return "did you mean \(near)?" }
        return names.isEmpty ? "there are no query parameters here" : "known are \(names.joined(separator: ", "))"
    }

    /// The value as it was sent; `nil` where it is absent.
    func text(_ name: String) throws(RequestRefusal) -> String? {
        guard let value = values[name] else { return nil }
        guard !value.isEmpty else { throw .query(name, "is empty", hint: "leave it out") }
        return value
    }

    /// How many entries a page has at most.
    func limit() throws(RequestRefusal) -> Int {
        guard let text = try text("limit") else { return QueryParameter.standardLimit }
        guard let limit = Int(text), QueryParameter.limits.contains(limit), text.utf8.allSatisfy({ $0 >= 0x30 }) else {
            throw .query("limit", "has to be a whole number from 1 to \(QueryParameter.limits.upperBound)")
        }
        return limit
    }

    /// The address; `nil` where it is absent.
    func email() throws(RequestRefusal) -> EmailAddress? {
        guard let text = try text("email") else { return nil }
        guard let email = EmailAddress(text) else {
            throw .query("email", "is no e-mail address", hint: "write it like ann@example.com, percent-encoded")
        }
        return email
    }

    /// A time; `nil` where it is absent.
    func time(_ name: String) throws(RequestRefusal) -> Timestamp? {
        guard let text = try text(name) else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            throw .query(name, "is no time", hint: "write it like 2026-11-20T09:30:00Z (RFC 3339)")
        }
        return time
    }
}

extension RequestRefusal {
    /// A query that is not understood: 400, with the name of the parameter.
    static func query(_ name: String, _ problem: String, hint: String? = nil) -> RequestRefusal {
        // What was sent is shown, but not at any length.
        let place = name.isEmpty ? "" : "\(quoted(String(name.prefix(64)))) "
        return RequestRefusal(.badRequest, .configurationInvalid, "query: \(place)\(problem)", hint: hint)
    }
}
