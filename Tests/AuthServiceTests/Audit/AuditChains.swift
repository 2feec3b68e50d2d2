import AuthService
import BridgeCore
import Testing

/// The time everything in these tests happens at.
let auditTime = Timestamp(seconds: 1_795_167_000)

/// A chain of entries, and ways to spoil it.
enum AuditChains {
    /// `count` entries about two tenants, a minute apart.
    static func chain(_ count: Int = 6, variant: String = "") throws -> [AuditRecord] {
        try (1...count).reduce(into: []) { chain, number in
            let entry = AuditEntry(
                "key.import", by: Actor("cli:root"), at: auditTime.adding(seconds: Int64(number) * 60),
                license: License(number.isMultiple(of: 2) ? "two" : "one"), account: "ann@example.com",
                after: .object([JSONMember(name: "keyId", value: .string("key-\(number)\(variant)"))]))
            chain.append(try AuditChain.record(entry, after: chain.last?.end))
        }
    }

    /// The record with another line, and the hash that belongs to it if `rehashed`.
    static func replacing(_ record: AuditRecord, line: String, rehashed: Bool) throws -> AuditRecord {
        AuditRecord(
            sequence: record.sequence, line: line, hash: rehashed ? try AuditChain.hash(line) : record.hash,
            index: record.index)
    }

    /// The record with the line and hash of another one, filed as that one too.
    static func moving(_ record: AuditRecord, to sequence: Int64) -> AuditRecord {
        AuditRecord(sequence: sequence, line: record.line, hash: record.hash, index: record.index)
    }

    /// What the verifier finds, walking to the end.
    static func fault(in chain: [AuditRecord], expecting noted: [UInt8]? = nil) throws -> AuditFault? {
        var verifier = AuditVerifier(expecting: noted)
        for record in chain {
            if let fault = try verifier.check(record) { return fault }
        }
        return verifier.finish()
    }
}

extension String {
    /// The text with the first occurrence of `old` replaced; a test that replaces nothing fails.
    func replacingFirst(_ old: String, _ new: String) throws -> String {
        let range = try #require(self.firstRange(of: old), "\(old) does not occur")
        return String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
