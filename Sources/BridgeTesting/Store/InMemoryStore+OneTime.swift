package import AuthService
package import BridgeCore

extension InMemoryStore {
    package func keep(
        _ record: OneTimeRecord, limits: OneTimeLimits, at now: Timestamp
    ) async throws(StoreError) {
        try change { tables throws(StoreError) in
            guard tables.tenants[record.license] != nil else { throw .unknown(record.license) }
            tables.removeEndedRecords(at: now) { $0.kind == record.kind }
            let alike = tables.oneTimeRecords.filter { $0.kind == record.kind }
            guard alike.count(where: { $0.source == record.source }) < limits.perSource else {
                throw .tooManyRecords(record.kind)
            }
            guard !tables.oneTimeRecords.contains(where: { $0.id == record.id }) else {
                throw StoreError(.conflict, "the id is taken")
            }
            for old in alike.sorted(by: { $0.expiresAt < $1.expiresAt }).prefix(max(0, alike.count - limits.total + 1))
            {
                tables.oneTimeRecords.removeAll { $0.id == old.id }
            }
            tables.oneTimeRecords.append(record)
        }
    }

    package func takeRecord(
        _ id: String, _ kind: OneTimeRecord.Kind, at now: Timestamp
    ) async throws(StoreError) -> OneTimeRecord? {
        try change { tables in
            guard let place = tables.oneTimeRecords.firstIndex(where: { $0.id == id && $0.kind == kind }) else {
                return nil
            }
            let record = tables.oneTimeRecords.remove(at: place)
            return now < record.expiresAt && tables.tenants[record.license] != nil ? record : nil
        }
    }

    package func record(
        _ id: String, _ kind: OneTimeRecord.Kind, at now: Timestamp
    ) async throws(StoreError) -> OneTimeRecord? {
        try change { tables in
            tables.oneTimeRecords.first { record in
                record.id == id && record.kind == kind && now < record.expiresAt
                    && tables.tenants[record.license] != nil
            }
        }
    }

    package func removeEndedRecords(at now: Timestamp) async throws(StoreError) -> Int {
        try change { tables in
            let before = tables.oneTimeRecords.count
            tables.removeEndedRecords(at: now) { _ in true }
            return before - tables.oneTimeRecords.count
        }
    }
}

extension StoreMemory.Tables {
    fileprivate mutating func removeEndedRecords(at now: Timestamp, where isMeant: (OneTimeRecord) -> Bool) {
        oneTimeRecords.removeAll { isMeant($0) && $0.expiresAt <= now }
    }
}
