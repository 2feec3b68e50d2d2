internal import BridgeCore

/// Walks the audit trail and finds the first entry that was removed, changed, moved or put in.
///
/// Whoever can write the store can write a whole chain anew. Only a hash that was noted outside shows that: with it,
/// the verifier asks that some entry has it, and so that everything up to there is as it was.
package struct AuditVerifier: Sendable {
    private let noted: [UInt8]?
    private var last: AuditRecord?
    private var isNotedFound: Bool
    /// How many entries were found to be in order.
    package private(set) var count: Int64 = 0

    /// - Parameter noted: the hash of an entry as it was noted earlier, 32 bytes; `nil` when none was.
    package init(expecting noted: [UInt8]? = nil) {
        self.noted = noted
        isNotedFound = noted == nil || noted == AuditChain.start
    }

    /// The hash of the last entry, which vouches for all of them; `AuditChain.start` where there is none.
    package var head: [UInt8] { last?.hash ?? AuditChain.start }

    /// Looks at the next entry; `nil` when it is in order. After a fault there is nothing more to be learnt.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package mutating func check(_ record: AuditRecord) throws(StoreError) -> AuditFault? {
        if let kind = try fault(of: record) {
            return AuditFault(sequence: record.sequence, time: record.index.time, kind: kind)
        }
        last = record
        count += 1
        if record.hash == noted { isNotedFound = true }
        return nil
    }

    /// Looks at the end, once all entries have been looked at; `nil` when it is in order.
    package func finish() -> AuditFault? {
        if isNotedFound { return nil }
        return AuditFault(sequence: last?.sequence ?? 0, time: last?.index.time, kind: .headMissing)
    }

    private func fault(of record: AuditRecord) throws(StoreError) -> AuditFault.Kind? {
        let next = (last?.sequence ?? 0) + 1
        if record.sequence > next { return .missing(from: next) }
        if record.sequence < next { return .outOfOrder }
        guard try AuditChain.hash(record.line) == record.hash else { return .changed }
        guard let line = AuditLine(parsing: record.line) else { return .unreadable }
        if line.sequence != record.sequence { return .moved(from: line.sequence) }
        if line.previous != Hex.encode(head) { return .unlinked }
        return line.disagreement(with: record.index).map { .filedOtherwise(member: $0) }
    }
}
