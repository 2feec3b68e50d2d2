package import AuthService
import BridgeCore

extension SQLiteStore {
    package func connection(_ id: ConnectionID) async throws(StoreError) -> Connection? {
        try await reader.read { database throws(SQLiteError) in try ConnectionRow.connection(id, database) }
    }

    package func connections(of license: License) async throws(StoreError) -> [Connection] {
        try await reader.read { database throws(SQLiteError) in
            try TenantRow.isThere(license, database) ? try ConnectionRow.connections(of: license, database) : []
        }
    }

    package func put(
        _ connection: Connection, over expectedVersion: Int64?, audit: AuditStamp
    ) async throws(StoreError) -> Connection {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                let known = try ConnectionRow.connection(connection.id, database)
                guard known?.version == expectedVersion else { throw .refused(.staleConnection(connection.id)) }
                try ConnectionRow.check(connection, isNew: known == nil, database)
                var stored = connection
                stored.version = try AuditTrail.append(.saved(connection, over: known, audit), database)
                try ConnectionRow.write(stored, database)
                return stored
            }
        }
    }

    package func removeConnection(
        _ id: ConnectionID, expectedVersion: Int64?, audit: AuditStamp
    ) async throws(StoreError) -> Connection {
        try await writer.change { database throws(SQLiteError) in
            try AuditTrail.audited(database) { () throws(SQLiteError) in
                guard let known = try ConnectionRow.connection(id, database) else { throw .refused(.noConnection(id)) }
                guard expectedVersion.map({ $0 == known.version }) ?? true else {
                    throw .refused(.staleConnection(id))
                }
                try database.statement("DELETE FROM connections WHERE license = ?1 AND kind = ?2 AND name = ?3")
                    .run(.text(id.license.value), .text(id.kind.rawValue), .text(id.name.value))
                try SyncRow.remove(id, database)
                return (known, .removed(known, audit))
            }
        }
    }

    package func credentialEnds(limit: Int) async throws(StoreError) -> [CredentialEnd] {
        let rows = try await reader.read { database throws(SQLiteError) in
            try ConnectionRow.credentialEnds(limit: limit, database)
        }
        return CredentialEnd.all(rows)
    }
}

/// A row of `connections`.
enum ConnectionRow {
    static func connection(
        _ id: ConnectionID, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Connection? {
        guard try TenantRow.isThere(id.license, database) else { return nil }
        return try database.statement(
            """
            SELECT license, kind, name, settings, tested_at, tested_client, organization, consented_at, created_at,
                updated_at, version, sealed_credential, certificate, secret_ends_at, secret_mark, secret_set_at,
                key_ends_at, key_mark, key_set_at
            FROM connections WHERE license = ?1 AND kind = ?2 AND name = ?3
            """
        ).first(.text(id.license.value), .text(id.kind.rawValue), .text(id.name.value), read: read)
    }

    /// All of a tenant, in order of kind and name.
    static func connections(of license: License, _ database: SQLiteConnection) throws(SQLiteError) -> [Connection] {
        try database.statement(
            """
            SELECT license, kind, name, settings, tested_at, tested_client, organization, consented_at, created_at,
                updated_at, version, sealed_credential, certificate, secret_ends_at, secret_mark, secret_set_at,
                key_ends_at, key_mark, key_set_at
            FROM connections WHERE license = ?1 ORDER BY kind, name
            """
        ).all(.text(license.value), read: read)
    }

    /// Refuses a connection of no tenant, to an environment that another one has or that the operator's client reads for
    /// another tenant, and one too many.
    static func check(
        _ connection: Connection, isNew: Bool, _ database: SQLiteConnection
    ) throws(SQLiteError) {
        let id = connection.id
        try TenantRow.require(id.license, database)
        let other = try database.statement(
            "SELECT name FROM connections WHERE license = ?1 AND kind = ?2 AND remote = ?3 AND name <> ?4"
        ).first(
            .text(id.license.value), .text(id.kind.rawValue), .text(connection.remote), .text(id.name.value)
        ) { row throws(SQLiteError) in try row.text(0, "connections.name") }
        if let other { throw .refused(.linkedAlready(connection, by: other)) }
        try checkReader(connection, database)
        guard isNew else { return }
        let count = try database.statement("SELECT count(*) FROM connections WHERE license = ?1")
            .first(.text(id.license.value)) { row throws(SQLiteError) in try row.integer(0, "count") }
        guard count ?? 0 < Int64(Connection.largestCount) else { throw .refused(.tooManyConnections(id.license)) }
    }

    private static func checkReader(_ connection: Connection, _ database: SQLiteConnection) throws(SQLiteError) {
        guard connection.settings.isReadByOperatorsClient else { return }
        let id = connection.id
        // Who has no credential uses the operator's client.
        let others = try database.statement(
            """
            SELECT settings FROM connections
            WHERE kind = ?1 AND remote = ?2 AND license <> ?3 AND sealed_credential IS NULL
            """
        ).all(.text(id.kind.rawValue), .text(connection.remote), .text(id.license.value)) {
            row throws(SQLiteError) in try settings(row, 0, id.kind)
        }
        guard !others.contains(where: \.isReadByOperatorsClient) else { throw .refused(.readForAnother(connection)) }
    }

    static func write(_ connection: Connection, _ database: SQLiteConnection) throws(SQLiteError) {
        let (id, credential, validation) = (connection.id, connection.credential, connection.validation)
        try database.statement(
            """
            INSERT OR REPLACE INTO connections
                (license, kind, name, settings, tested_at, tested_client, organization, consented_at, created_at,
                updated_at, version, remote, sealed_credential, certificate, secret_ends_at, secret_mark,
                secret_set_at, key_ends_at, key_mark, key_set_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
            """
        ).run(
            .text(id.license.value), .text(id.kind.rawValue), .text(id.name.value), .text(connection.settings.json),
            .integer(validation?.testedAt.milliseconds), .text(validation?.clientID),
            .text(validation?.organizationID), .integer(connection.consentedAt?.milliseconds),
            .integer(connection.createdAt.milliseconds), .integer(connection.updatedAt.milliseconds),
            .integer(connection.version), .text(connection.remote), .blob(credential?.box),
            .text(credential?.certificatePEM), .integer(credential?.secret?.endsAt?.milliseconds),
            .text(credential?.secret?.mark), .integer(credential?.secret?.setAt.milliseconds),
            .integer(credential?.key?.endsAt?.milliseconds), .text(credential?.key?.mark),
            .integer(credential?.key?.setAt.milliseconds))
    }
}

extension ConnectionRow {
    /// Every sealed credential, with the name of its record.
    static func sealed(_ database: SQLiteConnection) throws(SQLiteError) -> [(id: ConnectionID, box: [UInt8])] {
        try database.statement(
            """
            SELECT license, kind, name, sealed_credential FROM connections
            WHERE sealed_credential IS NOT NULL ORDER BY license, kind, name
            """
        ).all { row throws(SQLiteError) in (try id(row), try row.blob(3, "connections.sealed_credential")) }
    }

    static func reseal(
        _ box: (SealedRecord) throws(StoreError) -> [UInt8], _ database: SQLiteConnection
    ) throws(SQLiteError) -> Int {
        let records = try sealed(database)
        for record in records {
            let id = record.id
            let resealed: [UInt8]
            do throws(StoreError) {
                resealed = try box(SealedRecord(name: id.sealedRecordName, box: record.box))
            } catch {
                throw .refused(error)
            }
            try database.statement(
                "UPDATE connections SET sealed_credential = ?4 WHERE license = ?1 AND kind = ?2 AND name = ?3"
            ).run(.text(id.license.value), .text(id.kind.rawValue), .text(id.name.value), .blob(resealed))
        }
        return records.count
    }

    /// The connections of the credentials that end first, those of one credential together.
    static func credentialEnds(
        limit: Int, _ database: SQLiteConnection
    ) throws(SQLiteError) -> [CredentialEnd.Row] {
        try database.statement(
            """
            WITH ends AS (
                SELECT secret_mark AS mark, min(secret_ends_at) AS ends_at, 0 AS is_key FROM connections
                WHERE secret_mark IS NOT NULL AND secret_ends_at IS NOT NULL GROUP BY secret_mark
                UNION ALL
                SELECT key_mark, min(key_ends_at), 1 FROM connections
                WHERE key_mark IS NOT NULL AND key_ends_at IS NOT NULL GROUP BY key_mark
                ORDER BY ends_at, mark LIMIT ?1)
            SELECT c.license, c.kind, c.name, ends.is_key, ends.mark, ends.ends_at
            FROM ends JOIN connections AS c
                ON ends.is_key = 0 AND c.secret_mark = ends.mark OR ends.is_key = 1 AND c.key_mark = ends.mark
            ORDER BY ends.ends_at, ends.mark, c.license, c.kind, c.name
            """
        ).all(.integer(Int64(max(0, limit)))) { row throws(SQLiteError) in
            CredentialEnd.Row(
                connection: try id(row), kind: try row.integer(3, "is_key") == 0 ? .secret : .certificate,
                mark: try row.text(4, "connections.secret_mark"),
                endsAt: Timestamp(milliseconds: try row.integer(5, "connections.secret_ends_at")))
        }
    }

    /// Reads `license, kind, name`.
    static func id(_ row: SQLiteStatement) throws(SQLiteError) -> ConnectionID {
        guard let license = License(try row.text(0, "connections.license")),
            let kind = ConnectionID.Kind(rawValue: try row.text(1, "connections.kind")),
            let name = ConnectionName(try row.text(2, "connections.name"))
        else { throw .damaged(column: "connections.name") }
        return ConnectionID(kind, name, of: license)
    }

    static func read(_ row: SQLiteStatement) throws(SQLiteError) -> Connection {
        let id = try id(row)
        return Connection(
            id, try settings(row, 3, id.kind), credential: try credential(row), validation: try validation(row),
            consent: try time(row, 7, "connections.consented_at").map { .granted(at: $0) } ?? .outstanding,
            createdAt: Timestamp(milliseconds: try row.integer(8, "connections.created_at")),
            updatedAt: Timestamp(milliseconds: try row.integer(9, "connections.updated_at")),
            version: try row.integer(10, "connections.version"))
    }

    private static func settings(
        _ row: SQLiteStatement, _ column: Int32, _ kind: ConnectionID.Kind
    ) throws(SQLiteError) -> Connection.Settings {
        guard let settings = try? Connection.Settings(kind, parsing: row.text(column, "connections.settings")) else {
            throw .damaged(column: "connections.settings")
        }
        return settings
    }

    private static func validation(_ row: SQLiteStatement) throws(SQLiteError) -> Connection.Validation? {
        guard let testedAt = try time(row, 4, "connections.tested_at") else { return nil }
        return Connection.Validation(
            testedAt: testedAt, clientID: try row.text(5, "connections.tested_client"),
            organizationID: try row.optionalText(6, "connections.organization"))
    }

    private static func credential(_ row: SQLiteStatement) throws(SQLiteError) -> StoredCredential? {
        guard let box = try row.optionalBlob(11, "connections.sealed_credential") else { return nil }
        let (secret, key) = (try part(row, 13), try part(row, 16))
        guard secret != nil || key != nil else { throw .damaged(column: "connections.secret_mark") }
        return StoredCredential(
            box: box, secret: secret, key: key, certificatePEM: try row.optionalText(12, "connections.certificate"))
    }

    /// Reads the end, the mark and the time of a secret or a key.
    private static func part(_ row: SQLiteStatement, _ column: Int32) throws(SQLiteError) -> StoredCredential.Part? {
        guard let mark = try row.optionalText(column + 1, "connections.secret_mark") else { return nil }
        return StoredCredential.Part(
            endsAt: try time(row, column, "connections.secret_ends_at"), mark: mark,
            setAt: Timestamp(milliseconds: try row.integer(column + 2, "connections.secret_set_at")))
    }

    private static func time(
        _ row: SQLiteStatement, _ column: Int32, _ name: @autoclosure () -> String
    ) throws(SQLiteError) -> Timestamp? {
        try row.optionalInteger(column, name()).map { Timestamp(milliseconds: $0) }
    }
}
