import BridgeCore
import HTTPMessage

/// A request that the data API of an org takes: who asks, and what the org is at that moment.
struct SalesforceAdmission: Sendable {
    let org: Org
    let user: OrgUser
    let rights: Set<String>
    /// 66 for `v66.0`.
    let version: Int
    /// Calls of today, this one among them.
    let calls: Int
    /// The query that the request goes on with.
    let cursor: QueryCursor?
}

extension World {
    /// Lets a request in.
    ///
    /// - Throws: the refusal: 404 for a version that is not served, 401 for a token that does not count, 403 for an org
    ///   that made too many calls, and for a user without the API.
    mutating func admit(
        _ request: SimulatedRequest, to host: SalesforceHost, version: String, _ context: SalesforceContext
    ) throws(SalesforceAPIError) -> SalesforceAdmission {
        guard let number = SalesforceVersions.number(version) else { throw .notFound }
        guard let token = request.bearerToken, let session = salesforce.session(token, now: context.now),
            case .myDomain(let name) = host, session.org == name, session.scope.allowsAPI,
            let org = population.org(named: name), let user = org.users.user(id: session.user), user.isActive,
            !user.isFrozen
        else { throw .invalidSession }
        let calls = countCall(of: org, at: context.now)
        guard calls <= org.apiLimit else { throw .limitExceeded }
        let rights = org.rights(of: user, at: context.now)
        guard rights.contains("ApiEnabled") else { throw .apiDisabled }
        let locator = request.segments.last?.split(separator: "-").first.map(String.init)
        return SalesforceAdmission(
            org: org, user: user, rights: rights, version: number, calls: calls,
            cursor: locator.flatMap { salesforce.cursors.value(for: $0) })
    }

    private mutating func countCall(of org: Org, at now: Timestamp) -> Int {
        let day = now.seconds / 86_400
        var usage = salesforce.usage[org.name] ?? DailyUsage(day: day, calls: 0)
        if usage.day != day { usage = DailyUsage(day: day, calls: 0) }
        usage.calls += 1
        salesforce.usage[org.name] = usage
        return usage.calls
    }
}

/// `/services/data/`.
enum SalesforceVersions {
    private static let known = 31...66

    /// 66 for `v66.0`; `nil` for a version that is not served.
    static func number(_ text: String) -> Int? {
        guard text.hasPrefix("v"), text.hasSuffix(".0"), let number = Int(text.dropFirst().dropLast(2)),
            known.contains(number), text == "v\(number).0"
        else { return nil }
        return number
    }

    static let answer = HTTPResponse.json { writer in
        writer.array { writer in
            for number in known {
                writer.object { writer in
                    writer.member("label", "API \(number)")
                    writer.member("url", "/services/data/v\(number).0")
                    writer.member("version", "\(number).0")
                }
            }
        }
    }
}
