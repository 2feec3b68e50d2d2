import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

/// Everybody of `Docs/Simulators.md`: who gets in as what, and who is refused why.
@Suite("The people of the stand-ins", .blocking)
struct LivePeopleTests {
    /// A person, and what becomes of her or his sign-in.
    struct Row: Sendable {
        let person: String
        let outcome: String
        /// What the page says in English.
        var title = ""
    }

    /// `agent` and `administrator` get in; a number is the refusal that Entra shows itself.
    static let rows = [
        Row(person: "ann", outcome: "administrator"), Row(person: "ben", outcome: "agent"),
        Row(person: "bea", outcome: "administrator"),
        Row(person: "nora", outcome: "403 role_missing", title: "You have no role for Cobrowse"),
        Row(person: "dora", outcome: "403 user_inactive", title: "Your user is disabled"),
        Row(person: "zoe", outcome: "403 user_inactive", title: "Your user is disabled"),
        Row(person: "nina", outcome: "403 not_a_person", title: "This user is not a person"),
        Row(person: "sven", outcome: "403 not_a_person", title: "This user is not a person"),
        Row(person: "dele", outcome: "403 not_a_person", title: "This user is not a person"),
        Row(person: "emma", outcome: "403 email_unverified", title: "Your e-mail address is not approved"),
        Row(person: "paul", outcome: "403 email_unverified", title: "Your e-mail address waits for approval"),
        Row(person: "rita", outcome: "403 email_unverified", title: "Your e-mail address was rejected"),
        Row(person: "mika", outcome: "403 email_missing", title: "Your user has no e-mail address"),
        Row(person: "tim", outcome: "agent"),
        Row(person: "tina", outcome: "403 account_link_conflict", title: "Somebody else has this e-mail address"),
        Row(person: "toni", outcome: "agent"), Row(person: "frida", outcome: "agent"),
        Row(person: "lars", outcome: "403 role_missing", title: "You have no role for Cobrowse"),
        Row(person: "uma", outcome: "agent"),
        Row(person: "cora", outcome: "403 role_missing", title: "You have no role for Cobrowse"),
        Row(person: "omar", outcome: "agent"),
        Row(person: "noel", outcome: "403 user_unknown", title: "You are not a user of this environment"),
        Row(person: "newa", outcome: "403 user_unknown", title: "You are not a user of this environment"),
        Row(person: "carl", outcome: "AADSTS53003"), Row(person: "ella", outcome: "AADSTS50057"),
        Row(person: "udo", outcome: "agent"), Row(person: "gina", outcome: "agent"),
        Row(person: "gina-guest", outcome: "agent"), Row(person: "fay", outcome: "AADSTS50020"),
        Row(person: "mallory", outcome: "AADSTS50020"), Row(person: "pat", outcome: "AADSTS50020"),
        Row(person: "olga", outcome: "AADSTS50020"),
    ]

    @Test("get in, or are told why not, on a page and in a document, with a decision that says the same")
    func everybody() async throws {
        try await LiveJourney.run { journey in
            for row in Self.rows {
                journey.clock.advance(seconds: 10)  // refusals are counted
                let browser = journey.browser()
                switch try browser.signIn(row.person) {
                case .provider(let page): #expect(page.text.contains("\(row.outcome):"), "\(row.person)")
                case .service(let landing) where landing.status == 302:
                    let role = try Self.role(landing, journey)
                    #expect(role == row.outcome, "\(row.person)")
                case .service(let refusal):
                    #expect(refusal.verdict == row.outcome, "\(row.person): \(refusal.text)")
                    try Self.check(refusal, of: row, journey)
                    try Self.checkPages(of: row, journey)
                }
            }
        }
    }

    @Test("are all in the table, as the documentation has them")
    func complete() throws {
        let text = String(decoding: try RepositoryFile("Docs/Simulators.md").bytes(), as: UTF8.self)
        let section = try #require(text.split(separator: "\n## People\n").last?.split(separator: "\n| client |").first)
        var names: [String] = []
        for line in section.split(separator: "\n") where line.hasPrefix("| `") {
            let cell = line.split(separator: "|")[0]
            names += cell.split(separator: ",").map { $0.filter { $0 != " " && $0 != "`" } }
        }
        #expect(names.sorted() == Self.rows.map(\.person).sorted())
    }

    private static func role(_ landing: RawResponse, _ journey: LiveJourney) throws -> String? {
        let token = try journey.exchange(landing).json["token"]?.stringValue ?? ""
        return try journey.test.verify(token).json["account"]?["role"]?.stringValue
    }

    private static func check(_ refusal: RawResponse, of row: Row, _ journey: LiveJourney) throws {
        let document = try refusal.json
        #expect(refusal["content-type"] == "application/problem+json")
        #expect(document["decisionId"]?.stringValue == refusal["x-decision-id"])
        let decision = try journey.decision(of: refusal)
        #expect(decision["outcome"] == .string("deny") && decision["code"] == document["code"], "\(row.person)")
    }

    private static func checkPages(of row: Row, _ journey: LiveJourney) throws {
        for (language, own) in [("en", row.title), ("de-CH, en;q=0.5", "")] {
            let browser = journey.browser()
            (browser.accept, browser.language) = ("text/html", language)
            let page = try browser.signIn(row.person).answer
            #expect(page["content-language"] == (own.isEmpty ? "de" : "en"))
            let isTitled = page.text.contains("<h1>\(row.title)</h1>")
            #expect(isTitled == !own.isEmpty, "\(row.person): \(page.text)")
            #expect(page.text.contains(try #require(page["x-decision-id"])))
            #expect(page.text.contains("<code>\(row.outcome.dropFirst(4))</code>"))
        }
    }

    /// What a registration of another kind says to people.
    static let registrations: [(client: String, secret: String, person: String, verdict: String)] = [
        ("bridge-assigned", "Sim8Q~assigned-secret-value", "udo", "403 sign_in_blocked"),
        ("bridge-assigned", "Sim8Q~assigned-secret-value", "ben", "302"),
        ("bridge-unconsented", "Sim8Q~unconsented-secret-value", "ben", "403 consent_required"),
        ("bridge-personal", "Sim8Q~personal-secret-value", "pat", "provider 400"),
        ("bridge-personal", "Sim8Q~personal-secret-value", "ben", "302"),
    ]

    @Test("come through other registrations as those let them", arguments: registrations.indices)
    func registration(row: Int) async throws {
        let row = Self.registrations[row]
        try await LiveJourney.run { journey in
            let users = #"{"applicationUsers":[{"client":"\#(row.client)","roles":["Bridge reader"]}]}"#
            try journey.simulator.changeEnvironment("contoso", users)
            let saved = try journey.save("default", LiveDraft(client: row.client, secret: row.secret))
            #expect(saved.status == 200, "\(saved.text)")
            #expect(try journey.browser().signIn(row.person).verdict == row.verdict)
        }
    }
}
