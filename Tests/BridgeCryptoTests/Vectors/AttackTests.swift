import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("An attack token")
struct AttackTests {
    /// Rows where the table only proposes a code, and this module answers otherwise: an empty `iss` is like an empty
    /// `sub`, and whether `sub` is an address is a question for AuthService, which knows what an address is.
    private static let decidedOtherwise: [String: String] = [
        "iss-empty": "claim_invalid", "sub-space": "valid", "sub-no-address": "valid", "sub-two-addresses": "valid",
        "sub-two-signs": "valid", "sub-nul": "valid", "sub-display-name": "valid", "sub-line-break": "valid",
        "sub-zero-width": "valid", "sub-right-to-left": "valid", "sub-too-long": "valid",
    ]

    @Test("gets the verdict it deserves", arguments: AttackTable.rows)
    func verdict(_ row: AttackRow) throws {
        let table = try AttackTable.shared.get()
        let code = try verdict(of: row, in: table)
        let expected = row.isSilent ? Self.decidedOtherwise[row.name] ?? row.expected : row.expected
        #expect(code?.rawValue ?? "valid" == expected)
    }

    @Test("of a known vulnerability is answered with its code", arguments: KnownVulnerability.all)
    func vulnerability(_ vulnerability: KnownVulnerability) throws {
        let table = try AttackTable.shared.get()
        let rows = table.rows.filter { $0.origin == vulnerability.id }
        #expect(try rows.map { try verdict(of: $0, in: table)?.rawValue ?? "valid" } == vulnerability.verdicts)
    }

    @Test("is one of as many as the table holds")
    func count() throws {
        let table = try AttackTable.shared.get()
        #expect(table.rows.count == 398)
        #expect(Set(table.rows.map(\.name)).count == 398)
        #expect(table.rows.count { $0.expected == "valid" } == 48)
        let known = Set(table.rows.map(\.origin).filter { $0.hasPrefix("CVE-") })
        #expect(known == Set(KnownVulnerability.all.map(\.id)))
        #expect(KnownVulnerability.all.count == 49)
        #expect(table.forged["tokens"]?.objectValue?.count == 60)
        let key = try KeyFixture.cobrowse.publicKey
        #expect(try table.forged["publicKeySHA256"]?.stringValue == key.subjectPublicKeyInfoSHA256())
    }

    private func verdict(of row: AttackRow, in table: AttackTable) throws -> ReasonCode? {
        let token = try AttackToken.build(row, of: table)
        let refusal = try refusal(of: token, keys: table.keys(row), rules: table.rules, now: table.now)
        if let refusal { return refusal.code }
        return try UnverifiedToken(token.span).unverifiedIssuer == table.license ? nil : .issuerUnknown
    }
}
