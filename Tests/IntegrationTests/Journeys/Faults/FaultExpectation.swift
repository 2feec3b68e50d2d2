import BridgeTesting
import Simulators
import Testing

/// What a fault leads to, by rules: the reason code, `in` where it does no harm, or `away` where the browser never comes
/// back from Entra or Salesforce.
///
/// What Entra's numbers mean is what `Docs/Dynamics/SignIn.md` tells people that they mean.
enum FaultExpectation {
    /// The first rule that fits counts.
    static func outcome(of fault: Fault, in scene: FaultScene) throws -> String {
        if let rule = rules.first(where: { $0.scenes.contains(scene) && $0.fits(fault.word) }) {
            return rule.outcome
        }
        guard let number = fault.number else { throw MissingFixture(name: "rule for \(fault.name) in \(scene)") }
        return try documented.get()[number].unwrapped("row for AADSTS\(number) in SignIn.md")
    }

    struct Rule {
        let scenes: Set<FaultScene>
        /// Empty for every fault that no rule before it is for.
        let words: Set<String>
        let outcome: String

        func fits(_ word: String) -> Bool { words.isEmpty || words.contains(word) }
    }

    /// The scenes that end with one request of the service's to Entra.
    private static let asksEntra: Set<FaultScene> = [.redeem, .proof, .token, .deviceCode]
    private static let readsDataverse: Set<FaultScene> = [.row, .probe]
    static let transport: Set = [
        "unavailable", "server-error", "bad-gateway", "html", "truncated", "empty", "oversized", "redirect", "slow",
        "hang",
    ]
    private static let limits: Set = ["throttled", "0x80072322", "0x80072321", "0x80072326"]

    private static let rules = keys + browser + tokens + dataverse + discovery + salesforce

    /// Metadata and keys: without any nobody gets in, with those of yesterday everybody.
    private static let keys = [
        Rule(scenes: [.nextDay], words: transport.union(limits), outcome: "in"),
        Rule(scenes: [.firstSignIn], words: ["throttled"], outcome: "upstream_throttled"),
        Rule(scenes: [.firstSignIn], words: transport, outcome: "upstream_unavailable"),
    ]

    /// Entra's own pages: the service hears nothing of what happens there.
    private static let browser = [
        Rule(scenes: [.authorize, .consent], words: ["slow"], outcome: "in"),
        Rule(scenes: [.authorize, .consent], words: transport.union(limits), outcome: "away"),
        Rule(scenes: [.authorize], words: ["no-state", "other-state"], outcome: "state_invalid"),
        Rule(scenes: [.authorize], words: ["no-code", "unknown-code"], outcome: "code_invalid"),
    ]

    /// The token endpoint, and the ID token in its answer.
    private static let tokens = [
        Rule(scenes: asksEntra, words: ["throttled"], outcome: "upstream_throttled"),
        Rule(scenes: asksEntra, words: transport, outcome: "upstream_unavailable"),
        // These come with 503: a server that fails is not asked for its reasons.
        Rule(
            scenes: asksEntra,
            words: ["AADSTS90055", "AADSTS90033", "AADSTS90006", "AADSTS90012", "AADSTS50033"],
            outcome: "upstream_unavailable"),
        Rule(
            scenes: asksEntra, words: ["no-access-token", "other-token-type"], outcome: "upstream_unavailable"),
        Rule(
            scenes: asksEntra, words: ["no-refresh-token", "expires-now", "expires-as-text"], outcome: "in"),
        Rule(scenes: [.redeem], words: ["at-hash", "address-of-another"], outcome: "in"),
        Rule(scenes: [.redeem], words: ["missing", "no-nonce", "no-oid", "no-tid"], outcome: "claim_missing"),
        Rule(scenes: [.redeem], words: ["malformed"], outcome: "token_malformed"),
        Rule(scenes: [.redeem], words: ["alg-none", "alg-hs256"], outcome: "algorithm_not_allowed"),
        Rule(scenes: [.redeem], words: ["crit"], outcome: "critical_header_unsupported"),
        Rule(scenes: [.redeem], words: ["wrong-signature"], outcome: "signature_invalid"),
        Rule(scenes: [.redeem], words: ["unknown-key"], outcome: "key_unknown"),
        Rule(
            scenes: [.redeem],
            words: [
                "wrong-issuer", "other-tenant", "version-1", "key-of-other-tenant", "tid-not-of-issuer",
            ], outcome: "issuer_unknown"),
        Rule(scenes: [.redeem], words: ["wrong-audience"], outcome: "audience_mismatch"),
        Rule(scenes: [.redeem], words: ["wrong-nonce"], outcome: "state_invalid"),
        Rule(scenes: [.redeem], words: ["expired"], outcome: "token_expired"),
        Rule(scenes: [.redeem], words: ["not-yet-valid", "issued-in-future"], outcome: "token_not_yet_valid"),
        Rule(scenes: [.redeem], words: ["wrong-at-hash"], outcome: "claim_invalid"),
    ]

    private static let dataverse = [
        // A function that an environment does not have is asked for in another way.
        Rule(scenes: [.roles], words: ["404", "501", "0x80060888", "0x80040217"], outcome: "in"),
        // Whatever else keeps roles from being read is none of "no roles".
        Rule(
            scenes: [.roles, .lists],
            words: transport.union(limits).union(callers).union(pages).union(["404", "501", "0x80060888", "0x80040217"]
            ),
            outcome: "roles_unavailable"),
        Rule(scenes: readsDataverse, words: limits, outcome: "upstream_throttled"),
        Rule(
            scenes: readsDataverse, words: ["0x80072560", "401-0x80072560", "0x80040225", "401"],
            outcome: "application_user_missing"),
        Rule(scenes: readsDataverse, words: ["0x80040220", "0x80048306"], outcome: "security_role_missing"),
        Rule(
            scenes: readsDataverse, words: ["html", "redirect", "404", "0x80040217"],
            outcome: "environment_not_found"),
        Rule(
            scenes: readsDataverse, words: transport.union(pages).union(["0x80060888", "501"]),
            outcome: "upstream_unavailable"),
    ]
    private static let callers: Set = [
        "0x80072560", "401-0x80072560", "0x80040225", "401", "0x80040220", "0x80048306",
    ]
    private static let pages: Set = ["next-link-elsewhere", "next-page-fails", "next-link-loops", "next-link-endless"]

    private static let discovery = [
        Rule(scenes: [.organizations], words: limits, outcome: "upstream_throttled"),
        Rule(scenes: [.organizations], words: callers, outcome: "forbidden"),
        Rule(
            scenes: [.organizations], words: transport.union(["404", "0x80040217", "0x80060888", "501"]),
            outcome: "upstream_unavailable"),
    ]

    /// The codes of Entra's numbers, as documented.
    private static let documented = Result { () throws -> [Int: String] in
        let text = String(decoding: try RepositoryFile("Docs/Dynamics/SignIn.md").bytes(), as: UTF8.self)
        let section = try (text.split(separator: "\n## What Entra's refusals mean\n").last).unwrapped("section")
        var codes: [Int: String] = [:]
        for line in section.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.filter { !" `".contains($0) } }
            guard cells.count == 3 else { continue }
            for number in cells[0].split(separator: ",").compactMap({ Int($0) }) { codes[number] = cells[1] }
        }
        return codes
    }
}
