internal import HTTPMessage

/// The paths of the service.
enum Route: CaseIterable {
    case verify, authorize, keySet, health, readiness

    /// The route of a path as it was sent; `nil` for none.
    init?(path: Span<UInt8>) {
        for route in Self.allCases where Self.equal(path, route.path) {
            self = route
            return
        }
        return nil
    }

    /// The path, compared byte for byte.
    var path: StaticString {
        switch self {
        case .verify: "/api/1/sso/verify"
        case .authorize: "/api/1/sso/authorize"
        case .keySet: "/.well-known/jwks.json"
        case .health: "/healthz"
        case .readiness: "/readyz"
        }
    }

    /// Whether the route answers `method`; `HEAD` is answered wherever `GET` is.
    func allows(_ method: HTTPMethod) -> Bool {
        self == .verify ? method == .post : method == .get || method == .head
    }

    /// For the `Allow` field.
    var allowedMethods: String { self == .verify ? "POST" : "GET, HEAD" }

    private static func equal(_ path: Span<UInt8>, _ literal: StaticString) -> Bool {
        guard path.count == literal.utf8CodeUnitCount else { return false }
        for index in 0..<path.count {
            let expected = unsafe literal.utf8Start[index]
            guard path[index] == expected else { return false }
        }
        return true
    }
}
