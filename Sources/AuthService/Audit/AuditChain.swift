internal import BridgeCore
internal import BridgeCrypto

/// An entry of the audit trail as it is stored: one JSON line and its hash.
package struct AuditRecord: Sendable, Hashable {
    /// 1 for the first entry of the instance, then one more each.
    package let sequence: Int64
    /// The entry as JSON, without a line end. Its last member, `previous`, is the hash of the line before it.
    package let line: String
    /// SHA-256 of `line`, 32 bytes.
    package let hash: [UInt8]
    /// What the store finds it by.
    package let index: AuditIndex

    package init(sequence: Int64, line: String, hash: [UInt8], index: AuditIndex) {
        self.sequence = sequence
        self.line = line
        self.hash = hash
        self.index = index
    }
}

/// Links entries into a chain: each line holds the hash of the one before it, so that a line that was removed, changed
/// or moved shows where it was.
package enum AuditChain {
    /// What the first line has as its `previous`: 32 zero bytes.
    package static let start = [UInt8](repeating: 0, count: 32)

    /// The hash that 64 hexadecimal digits stand for, as people note it; `nil` for any other text.
    package static func hash(hex text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { Hex.value(of: $0) }
        guard digits.count == 2 * start.count, text.utf8.count == digits.count else { return nil }
        return (0..<start.count).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] }
    }

    /// The record that a chain ends with so far: all that the next one needs of it.
    package struct End: Sendable, Hashable {
        package let sequence: Int64
        package let hash: [UInt8]

        package init(sequence: Int64, hash: [UInt8]) {
            self.sequence = sequence
            self.hash = hash
        }
    }

    /// The record of `entry` after `last`; `nil` for the first of all.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package static func record(_ entry: AuditEntry, after last: End?) throws(StoreError) -> AuditRecord {
        let sequence = (last?.sequence ?? 0) + 1
        let line = entry.line(sequence: sequence, previous: last?.hash ?? start)
        return AuditRecord(sequence: sequence, line: line, hash: try hash(line), index: AuditIndex(entry))
    }

    /// SHA-256 of a line.
    package static func hash(_ line: String) throws(StoreError) -> [UInt8] {
        do throws(CryptoError) {
            return try SHA256Digest(of: Array(line.utf8)).bytes
        } catch {
            throw StoreError(.internal, error.detail)
        }
    }
}

extension AuditRecord {
    /// What the next record is linked to.
    package var end: AuditChain.End { AuditChain.End(sequence: sequence, hash: hash) }
}

extension AuditEntry {
    fileprivate func line(sequence: Int64, previous: [UInt8]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("sequence", sequence)
            writer.member("time", time.description)
            writer.member("actor", actor.name)
            if let requestID = actor.requestID { writer.member("requestId", requestID) }
            writer.member("action", action)
            if let license { writer.member("license", license.value) }
            if let account { writer.member("account", account) }
            if let code { writer.member("code", code.rawValue) }
            if let decisionID { writer.member("decisionId", decisionID) }
            for (name, value) in [("before", before), ("after", after)] {
                guard let value else { continue }
                writer.name(name)
                writer.value(value)
            }
            writer.member("previous", Hex.encode(previous))
        }
        return writer.text
    }
}
