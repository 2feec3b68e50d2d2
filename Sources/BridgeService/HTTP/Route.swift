internal import HTTPMessage

/// The paths of the service outside its administration.
enum Route: CaseIterable {
    case verify, authorize, exchange, keySet, health, readiness, openAPI, metrics
    case dynamicsAuth, dynamicsCallback, consentCallback
    case salesforceAuth, salesforceCallback, salesforceCanvas

    /// The route of a path as it was sent; `nil` for none.
    init?(path: Span<UInt8>) {
        for route in Self.allCases where Self.equal(path, route.path) {
            self = route
            return
        }
        // Envoy appends the path of the request that it asks about.
        guard Self.isBelow(path, Self.authorize.path) else { return nil }
        self = .authorize
    }

    /// Whether `path` is the path of its route and not below it.
    static func isExact(_ path: Span<UInt8>) -> Bool {
        allCases.contains { equal(path, $0.path) }
    }

    /// The path, compared byte for byte.
    var path: StaticString {
        switch self {
        case .verify: "/api/1/sso/verify"
        case .authorize: "/api/1/sso/authorize"
        case .exchange: "/api/1/sso/exchange"
        case .dynamicsAuth: "/api/1/dynamics/auth"
        case .dynamicsCallback: "/api/1/dynamics/auth/callback"
        case .consentCallback: "/api/1/dynamics/consent/callback"
        case .salesforceAuth: "/api/1/salesforce/auth"
        case .salesforceCallback: "/api/1/salesforce/auth/callback"
        case .salesforceCanvas: "/api/1/salesforce/canvas"
        case .keySet: "/.well-known/jwks.json"
        case .health: "/healthz"
        case .readiness: "/readyz"
        case .openAPI: "/openapi.json"
        case .metrics: "/metrics"
        }
    }

    /// Whether the route answers `method`; `HEAD` is answered wherever `GET` is and changes nothing.
    ///
    /// Gateways ask with the method of the request that they ask about. What a sign-in begins and ends with is used up by
    /// it: whoever only looks, as some scanners of links do, must not.
    func allows(_ method: HTTPMethod) -> Bool {
        switch self {
        case .verify, .exchange, .salesforceCanvas: method == .post
        case .dynamicsAuth, .dynamicsCallback, .consentCallback, .salesforceAuth, .salesforceCallback: method == .get
        case .authorize: true
        case .keySet, .health, .readiness, .openAPI, .metrics: method == .get || method == .head
        }
    }

    /// For the `Allow` field.
    var allowedMethods: String {
        HTTPMethod.allCases.filter(allows).map(\.rawValue).joined(separator: ", ")
    }

    private static func equal(_ path: Span<UInt8>, _ literal: StaticString) -> Bool {
        path.count == literal.utf8CodeUnitCount && begins(path, literal)
    }

    private static func isBelow(_ path: Span<UInt8>, _ literal: StaticString) -> Bool {
        path.count > literal.utf8CodeUnitCount && path[literal.utf8CodeUnitCount] == UInt8(ascii: "/")
            && begins(path, literal)
    }

    /// Whether `path`, which is not shorter, begins with `literal`.
    private static func begins(_ path: Span<UInt8>, _ literal: StaticString) -> Bool {
        for index in 0..<literal.utf8CodeUnitCount {
            let expected = unsafe literal.utf8Start[index]
            guard path[index] == expected else { return false }
        }
        return true
    }
}
