/// An answer of the token endpoint with something missing or odd.
enum TokenDefect: String, Sendable, Hashable, CaseIterable {
    case noAccessToken = "no-access-token"
    case noRefreshToken = "no-refresh-token"
    case otherTokenType = "other-token-type"
    case expiresNow = "expires-now"
    case expiresAsText = "expires-as-text"

    var summary: String {
        switch self {
        case .noAccessToken: "200 without access_token"
        case .noRefreshToken: "200 without refresh_token, though offline_access was asked for"
        case .otherTokenType: "200 with token_type pop"
        case .expiresNow: "200 with expires_in 0"
        case .expiresAsText: "200 with expires_in as a string"
        }
    }
}
