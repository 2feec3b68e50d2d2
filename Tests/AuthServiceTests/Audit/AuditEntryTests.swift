import AuthService
import BridgeCore
import Testing

@Suite("An entry of the audit trail")
struct AuditEntryTests {
    @Test("is a line with every member it has, and the hash before it at the end")
    func line() throws {
        let entry = AuditEntry(
            "account.disable", by: Actor("token:tok_1", requestID: "req-1"), at: auditTime,
            license: License("trial12345"), account: "ann@example.com", code: .roleMissing, decisionID: "dec_1",
            before: .object([JSONMember(name: "status", value: .string("active"))]), after: .null)
        let first = try AuditChain.record(entry, after: nil)
        let zeros = String(repeating: "0", count: 64)
        #expect(
            first.line == """
                {"sequence":1,"time":"2026-11-20T09:30:00Z","actor":"token:tok_1","requestId":"req-1",\
                "action":"account.disable","license":"trial12345","account":"ann@example.com","code":"role_missing",\
                "decisionId":"dec_1","before":{"status":"active"},"after":null,"previous":"\(zeros)"}
                """)
        #expect(first.hash == (try AuditChain.hash(first.line)))
        let bare = try AuditChain.record(AuditEntry("x.y", by: .bridge, at: auditTime, license: nil), after: first.end)
        #expect(
            bare.line == """
                {"sequence":2,"time":"2026-11-20T09:30:00Z","actor":"bridge","action":"x.y",\
                "previous":"\(Hex.encode(first.hash))"}
                """)
    }

    @Test("about a key shows its names and the digest of its certificate, before and after")
    func keys() throws {
        let license = try #require(License("trial12345"))
        let stamp = AuditStamp(.bridge, at: auditTime)
        var key = TrustedKey(
            id: "key-1", license: license, alias: nil, declaredKeyID: nil, publicKey: [1], certificate: nil,
            notBefore: nil, notAfter: nil, importedAt: auditTime)
        let known = key
        #expect(AuditEntry.imported(key, over: known, outcome: .unchanged, stamp) == nil)
        key.alias = "crm"
        key.certificate = Array("abc".utf8)
        key.notAfter = auditTime
        let entry = try #require(
            AuditEntry.imported(key, over: known, outcome: .certificateRenewedAndAliasAdded, stamp))
        #expect(entry.action == "key.refresh")
        #expect(
            try AuditChain.record(entry, after: nil).line.contains(
                """
                "before":{"keyId":"key-1"},"after":{"keyId":"key-1","alias":"crm","certificateSHA256":\
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","notAfter":"2026-11-20T09:30:00Z"}
                """))
    }
}

@Suite("A query of the audit trail")
struct AuditQueryTests {
    private static let index = AuditIndex(
        time: auditTime, license: "one", actor: "cli:root", action: "key.import", account: "ann@example.com",
        code: "role_missing")

    private static let vectors: [(name: String, matches: Bool, change: @Sendable (inout AuditQuery) -> Void)] = [
        ("everything", true, { _ in }),
        ("since then", true, { $0.since = auditTime }),
        ("since later", false, { $0.since = Timestamp(milliseconds: auditTime.milliseconds + 1) }),
        ("until then", false, { $0.until = auditTime }),
        ("until later", true, { $0.until = Timestamp(milliseconds: auditTime.milliseconds + 1) }),
        ("the actor", true, { $0.actor = "cli:root" }),
        ("another actor", false, { $0.actor = "cli" }),
        ("the action", true, { $0.action = "key.import" }),
        ("another action", false, { $0.action = "key" }),
        ("the code", true, { $0.code = .roleMissing }),
        ("another code", false, { $0.code = .rolesUnavailable }),
        ("the license", true, { $0.license = License("one") }),
        ("another license", false, { $0.license = License("two") }),
        ("the account", true, { $0.account = .init("ann@example.com") }),
        ("the account by its id", true, { $0.account = .init("acc_1", or: "ann@example.com") }),
        ("another account", false, { $0.account = .init("acc_1", or: "bob@example.com") }),
        ("one thing of two", false, { ($0.actor, $0.license) = ("cli:root", License("two")) }),
    ]

    @Test("takes what fits in all it asks for", arguments: vectors.indices)
    func matches(number: Int) {
        let vector = Self.vectors[number]
        var query = AuditQuery()
        vector.change(&query)
        #expect(query.matches(Self.index) == vector.matches, "\(vector.name)")
    }

    @Test("for something leaves out entries that have nothing there")
    func absent() {
        let bare = AuditIndex(
            time: auditTime, license: nil, actor: "bridge", action: "x.y", account: nil, code: nil)
        for vector in Self.vectors where ["the code", "the license", "the account"].contains(vector.name) {
            var query = AuditQuery()
            vector.change(&query)
            #expect(!query.matches(bare))
        }
        var query = AuditQuery()
        query.account = .init("ann@example.com", or: nil)
        #expect(!query.matches(bare))
    }
}
