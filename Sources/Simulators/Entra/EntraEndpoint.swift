/// The endpoints of Entra's, by the part of the path behind the tenant.
enum EntraEndpoint: Sendable, Hashable {
    case metadata, keys, authorize, token, deviceCode, logout
    case adminConsent(isVersion2: Bool)
    /// `/devicelogin`, which stands below no tenant.
    case deviceLogin

    /// The tenant and the endpoint of a path; `nil` for a path that is none.
    static func at(_ segments: [String]) -> (tenant: String, endpoint: EntraEndpoint)? {
        if segments == ["devicelogin"] { return ("common", .deviceLogin) }
        guard let tenant = segments.first else { return nil }
        let endpoint: EntraEndpoint
        switch segments.dropFirst().joined(separator: "/") {
        case "v2.0/.well-known/openid-configuration": endpoint = .metadata
        case "discovery/v2.0/keys": endpoint = .keys
        case "oauth2/v2.0/authorize": endpoint = .authorize
        case "oauth2/v2.0/token": endpoint = .token
        case "oauth2/v2.0/devicecode": endpoint = .deviceCode
        case "oauth2/v2.0/logout": endpoint = .logout
        case "v2.0/adminconsent": endpoint = .adminConsent(isVersion2: true)
        case "adminconsent": endpoint = .adminConsent(isVersion2: false)
        default: return nil
        }
        return (tenant, endpoint)
    }

    /// Where its faults are set; `nil` where there are none.
    var place: Fault.Place? {
        switch self {
        case .metadata: .metadata
        case .keys: .keys
        case .authorize: .authorize
        case .adminConsent: .consent
        case .token: .token
        case .deviceCode: .devicecode
        case .deviceLogin, .logout: nil
        }
    }
}
