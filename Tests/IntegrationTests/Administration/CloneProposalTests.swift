import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Testing

@Suite("Clones that a sync proposes, over HTTP", .blocking)
struct CloneProposalTests {
    private static let clone = "0PS000000000001GAA"

    /// Runs `body` for a tenant with an org in which a sync has found a clone.
    private static func run(_ body: (Administrator) async throws -> Void) async throws {
        try await Administrator.run { administrator in
            try await ServiceUnderTest.withStore(administrator.test.configuration) { store in
                let id = ConnectionID(.salesforce, of: try .example(TokenMaker.license))
                let settings = SalesforceSettings(
                    loginURL: "https://acme.my.salesforce.com", clientID: "key", integrationUsername: nil,
                    organizationID: try SalesforceID("00D8Z000000btHh").unwrapped("org"))
                let connection = try await store.put(
                    Connection(id, .salesforce(settings), credential: nil, createdAt: TokenMaker.now), over: nil,
                    audit: .test)
                let proposal = CloneProposal(
                    id: try SalesforceID(clone).unwrapped("id"), name: "Support_desk", label: "Support desk",
                    original: "cobrowseio__Cobrowse_io_Agent", role: .agent)
                _ = try await store.beginSync(of: id, by: "a", until: TokenMaker.now, at: TokenMaker.now)
                try await store.endSync(
                    of: id, by: "a",
                    SyncState(
                        connectionVersion: connection.version, startedAt: TokenMaker.now, finishedAt: TokenMaker.now,
                        outcome: .done, isFull: true, counts: SyncCounts(), success: nil,
                        clones: CloneReport(proposals: [proposal])))
            }
            try await body(administrator)
        }
    }

    private static func proposals(_ answer: RawResponse) throws -> [String] {
        try #require(try answer.json["proposals"]?.arrayValue).compactMap { $0["id"]?.stringValue }
    }

    /// What was read, with the rule that accepts the clone.
    private static func accepting(_ answer: RawResponse) throws -> String {
        let rule = try JSONValue(
            parsing: #"{"source":"salesforce","match":{"permissionSet":"\#(clone)"},"role":"agent"}"#.utf8)
        var writer = JSONWriter()
        writer.object { writer in
            for member in (try? answer.json)?.objectValue ?? [] {
                writer.name(member.name)
                guard member.name == "rules" else { writer.value(member.value); continue }
                writer.value(.array((member.value.arrayValue ?? []) + [rule]))
            }
        }
        return writer.text
    }

    @Test("are shown with the rules, and one is accepted by what was read and its rule")
    func accepts() async throws {
        try await Self.run { administrator in
            let shown = try administrator.get("/rules")
            #expect(try Self.proposals(shown) == [Self.clone])
            let proposal = try shown.json["proposals"]?.arrayValue?.first
            #expect(proposal?["connection"]?.stringValue == "default" && proposal?["role"]?.stringValue == "agent")
            let tag = try #require(shown["etag"])
            let body = try Self.accepting(shown)
            let accepted = try administrator.call("PUT", "/rules", json: body, fields: ["If-Match: \(tag)"])
            #expect(accepted.status == 200, "\(accepted.text)")
            let after = try administrator.get("/rules")
            #expect(try Self.proposals(after).isEmpty)
            #expect(try after.json["rules"]?.arrayValue?.count == (try shown.json["rules"]?.arrayValue?.count ?? 0) + 1)
            // Somebody who read before that does not take it back.
            let stale = try administrator.call("PUT", "/rules", json: body, fields: ["If-Match: \(tag)"])
            #expect(stale.verdict == "412 conflict")
            #expect(try administrator.get("/rules").json["rules"] == after.json["rules"])
        }
    }
}
