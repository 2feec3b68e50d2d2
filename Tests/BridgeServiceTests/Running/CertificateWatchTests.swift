import AuthService
import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

@testable import BridgeService

@Suite("Certificates that come near their end")
struct CertificateWatchTests {
    private static let day: Int64 = 86_400
    private static let end = Timestamp(seconds: 1_800_000_000)

    private static func store() async throws -> InMemoryStore {
        let store = InMemoryStore()
        let license = try #require(License("trial12345"))
        let audit = AuditStamp(Actor("cli:test"), at: end)
        try await store.insert(Tenant(license: license, name: nil, createdAt: end), audit: audit)
        let key = TrustedKey(
            id: "key", license: license, alias: "crm", declaredKeyID: nil, publicKey: [], certificate: [],
            notBefore: nil, notAfter: end, importedAt: end)
        _ = try await store.insert([key], audit: audit)
        return store
    }

    @Test("are told to the log once for each step")
    func log() async throws {
        let log = CollectingLog()
        let watch = CertificateWatch(store: try await Self.store(), log: log)
        for (days, count) in [(61, 0), (60, 1), (59, 1), (31, 1), (30, 2), (10, 3), (9, 3), (0, 4), (-5, 4)] {
            try await watch.look(at: Self.end.adding(seconds: -Int64(days) * Self.day))
            #expect(log.lines.count == count, "\(days) days before the end")
        }
        #expect(log.lines.first?.contains("certificate_ending") == true)
    }

    @Test("are shown as metrics, in the text that Prometheus reads")
    func metrics() throws {
        let license = try #require(License("trial12345"))
        let ends = [(-1, "a"), (9, "b\"\\\n"), (59, nil), (400, nil)].enumerated().map { place, row in
            KeyEnd(
                license: license, keyID: "k\(place)", alias: row.1,
                notAfter: Self.end.adding(seconds: Int64(row.0) * Self.day))
        }
        var text = MetricsText()
        CertificateMetrics.write(ends, now: Self.end, to: &text)
        let lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            lines == [
                #"cobrowse_sso_certificates_ending{within_days="60"} 3"#,
                #"cobrowse_sso_certificates_ending{within_days="30"} 2"#,
                #"cobrowse_sso_certificates_ending{within_days="10"} 2"#,
                #"cobrowse_sso_certificates_ending{within_days="0"} 1"#,
                #"cobrowse_sso_certificate_not_after_seconds{license="trial12345",key_id="k0",alias="a"} 1799913600"#,
                #"cobrowse_sso_certificate_not_after_seconds{license="trial12345",key_id="k1",alias="b\"\\\n"} 1800777600"#,
                #"cobrowse_sso_certificate_not_after_seconds{license="trial12345",key_id="k2",alias=""} 1805097600"#,
                #"cobrowse_sso_certificate_not_after_seconds{license="trial12345",key_id="k3",alias=""} 1834560000"#,
            ])
        #expect(text.bytes.last == UInt8(ascii: "\n"))
    }

    @Test("are read from the store once a minute at most")
    func age() async throws {
        let store = try await Self.store()
        let answer = MetricsAnswer(store: store)
        let first = try await answer.response(now: Self.end).body
        _ = try await store.retireKey(
            named: "key", of: try #require(License("trial12345")), audit: AuditStamp(Actor("cli:test"), at: Self.end))
        #expect(try await answer.response(now: Self.end.adding(seconds: 59)).body == first)
        #expect(try await answer.response(now: Self.end.adding(seconds: 60)).body != first)
        #expect(try await answer.response(now: Self.end.adding(seconds: -1)).body != first)
    }
}
