/// What a path of one of Salesforce's hosts leads to.
enum SalesforceEndpoint: Sendable, Hashable {
    case metadata, keys, authorize, token, introspect, revoke, userInfo
    case identity(organization: String, user: String)
    /// `/services/data/`, which needs no token.
    case versions
    /// The data API of a version, by the rest of the path.
    case data(version: String, [String])
    /// The page that opens Canvas with an app of the org.
    case canvas(String)

    /// `nil` for a path that is none of the host's.
    init?(_ segments: [String], at host: SalesforceHost) {
        switch segments {
        case [".well-known", "openid-configuration"]: self = .metadata
        case ["id", "keys"]: self = .keys
        case ["services", "oauth2", "authorize"]: self = .authorize
        case ["services", "oauth2", "token"]: self = .token
        case ["services", "oauth2", "introspect"]: self = .introspect
        case ["services", "oauth2", "revoke"]: self = .revoke
        case ["services", "oauth2", "userinfo"]: self = .userInfo
        default:
            if segments.count == 3, segments[0] == "id" {
                self = .identity(organization: segments[1], user: segments[2])
            } else if let endpoint = Self.ofMyDomain(segments), case .myDomain = host {
                self = endpoint
            } else {
                return nil
            }
        }
    }

    private static func ofMyDomain(_ segments: [String]) -> SalesforceEndpoint? {
        if segments.count == 2, segments[0] == "canvas" { return .canvas(segments[1]) }
        guard segments.count >= 2, segments[0] == "services", segments[1] == "data" else { return nil }
        guard segments.count > 2 else { return .versions }
        return .data(version: segments[2], Array(segments.dropFirst(3)))
    }

    /// Where its faults are set; `nil` where there are none.
    var place: Fault.Place? {
        switch self {
        case .metadata: .salesforceMetadata
        case .keys: .salesforceKeys
        case .authorize: .salesforceAuthorize
        case .token: .salesforceToken
        case .userInfo: .userInfo
        case .identity: .identity
        case .versions, .data: .salesforceAPI
        case .introspect, .revoke, .canvas: nil
        }
    }
}
