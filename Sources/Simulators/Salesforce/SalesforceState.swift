import BridgeCore

/// What Salesforce remembers: keys, everything it has handed out, who approved which app, and how much was asked.
struct SalesforceState: Sendable {
    var keys: SalesforceKeys
    var codes = RecentMap<String, SalesforceCode>(capacity: 65_536)
    var sessions = RecentMap<String, SalesforceSession>(capacity: 65_536)
    /// Who has approved an app that all users may authorize: consumer keys and user ids.
    var approvals: Set<String> = []
    /// Queries of which there are more pages.
    var cursors = RecentMap<String, QueryCursor>(capacity: 32)
    /// Calls of the API, by the org's name.
    var usage: [String: DailyUsage] = [:]

    init(keys: SalesforceKeys) { self.keys = keys }

    /// The session of an access token; `nil` for one that was never issued, was revoked, or whose time is over.
    mutating func session(_ token: String, now: Timestamp) -> SalesforceSession? {
        guard let session = sessions.value(for: token), session.expires > now else { return nil }
        return session
    }
}

/// What somebody consented to at the authorize endpoint, until the code is redeemed.
struct SalesforceCode: Sendable {
    /// Where it came from, where it has to be redeemed.
    let host: SalesforceHost
    let org: String
    let app: String
    let redirectURI: String
    let challenge: String?
    let scope: SalesforceScope
    let nonce: String?
    /// The user's id.
    let user: String
    let expires: Timestamp
    var isRedeemed = false
}

/// What an access token stands for.
struct SalesforceSession: Sendable {
    let org: String
    let app: String
    /// The user's id.
    let user: String
    let scope: SalesforceScope
    /// The session's end, which no answer tells.
    let expires: Timestamp

    /// The time-out of a new org.
    static let seconds: Int64 = 7200
}

/// How many calls of the API an org has made today.
struct DailyUsage: Sendable {
    var day: Int64
    var calls: Int
}
