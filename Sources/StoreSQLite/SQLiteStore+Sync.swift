package import AuthService
package import BridgeCore

extension SQLiteStore {
    package func connectionIDs(_ kind: ConnectionID.Kind) async throws(StoreError) -> [ConnectionID] {
        try await reader.read { database throws(SQLiteError) in
            try database.statement(
                """
                SELECT license, kind, connections.name FROM connections JOIN tenants USING (license)
                WHERE kind = ?1 AND NOT is_removed ORDER BY license, connections.name
                """
            ).all(.text(kind.rawValue), read: ConnectionRow.id)
        }
    }

    package func beginSync(
        of id: ConnectionID, by holder: String, until end: Timestamp, at now: Timestamp
    ) async throws(StoreError) -> Bool {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                guard try ConnectionRow.connection(id, database) != nil else { throw .refused(.noConnection(id)) }
                return try SyncRow.begin(id, by: holder, until: end, at: now, database)
            }
        }
    }

    package func extendSync(of id: ConnectionID, by holder: String, until end: Timestamp) async throws(StoreError) {
        try await writer.change { database throws(SQLiteError) in
            try SyncRow.hold(id, by: holder, until: end, database)
        }
    }

    package func endSync(of id: ConnectionID, by holder: String, _ state: SyncState) async throws(StoreError) {
        try await writer.change { database throws(SQLiteError) in
            try SyncRow.end(id, by: holder, state, database)
        }
    }

    package func syncState(of id: ConnectionID) async throws(StoreError) -> SyncState? {
        try await reader.read { database throws(SQLiteError) in try SyncRow.state(of: id, database) }
    }

    package func syncStates(limit: Int) async throws(StoreError) -> [(id: ConnectionID, state: SyncState)] {
        try await reader.read { database throws(SQLiteError) in try SyncRow.states(limit: limit, database) }
    }

    package func syncedPeople(
        of id: ConnectionID, organization: String, after subject: String?, limit: Int
    ) async throws(StoreError) -> [SyncedPerson] {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(id.license, database) else { return [] }
            return try SyncedPersonReader(database, id, organization: organization).people(after: subject, limit: limit)
        }
    }

    package func syncedPeople(
        of id: ConnectionID, organization: String, among subjects: [String]
    ) async throws(StoreError) -> [SyncedPerson] {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(id.license, database) else { return [] }
            let people = try SyncedPersonReader(database, id, organization: organization)
            var found: [SyncedPerson] = []
            for subject in subjects {
                if let person = try people.person(subject) { found.append(person) }
            }
            return found
        }
    }

    package func apply(
        _ changes: [SyncChange], of id: ConnectionID, organization: String, by holder: String, basis: SyncBasis,
        audit: AuditStamp
    ) async throws(StoreError) -> [SyncResult]? {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                try SyncRow.requireHolder(id, holder, database)
                guard try SyncRow.holds(basis, of: id, database) else { return nil }
                let writer = try SyncWriter(database, id, organization: organization, audit)
                var results: [SyncResult] = []
                for change in changes { results.append(try writer.apply(change)) }
                return results
            }
        }
    }
}
