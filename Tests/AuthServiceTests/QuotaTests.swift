import AuthService
import BridgeCore
import Testing

@Suite("How much a tenant may have")
struct QuotaTests {
    private func key(_ number: Int) -> TrustedKey {
        TrustedKey(
            id: "key-\(number)", license: .test, alias: nil, declaredKeyID: nil, publicKey: [], certificate: nil,
            notBefore: nil, notAfter: nil, importedAt: now)
    }

    @Test("of keys ends at 10,000; those that are there can be imported again")
    func keys() throws {
        var keyImport = KeyImport(into: (0..<KeyImport.largestCount - 1).map(key))
        #expect(try keyImport.add(key(9_999)) == .new)
        let error = #expect(throws: StoreError(.conflict, "")) { try keyImport.add(key(10_000)) }
        #expect(error?.hint?.contains("cert remove") == true)
        #expect(try keyImport.add(key(0)) == .unchanged)
        #expect(keyImport.keys.count == 10_000)
    }

    @Test("of revocations ends at a million, but everything can always be revoked")
    func revocations() throws {
        let one = Revocation(.tokenID, "a", issuedBefore: now)
        try one.checkCount(999_999, of: .test)
        #expect(throws: StoreError(.conflict, "")) { try one.checkCount(1_000_000, of: .test) }
        try Revocation(.all, "", issuedBefore: now).checkCount(1_000_000, of: .test)
    }
}
