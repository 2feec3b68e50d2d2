import AuthService
import BridgeCore

/// The tables, and how a database of any earlier version becomes one of this version.
///
/// The version stands in `PRAGMA user_version`. A step is never changed once it was released: a new one is added.
enum Schema {
    /// What leads from each version to the next, beginning at 0, the empty file.
    static let steps: [String] = [version1, version2, version3, version4, version5, version6, version7, version8]

    /// The version this program reads and writes.
    static var version: Int { steps.count }

    /// Brings the database up to date, each step in a transaction of its own.
    ///
    /// - Throws: `configuration_invalid` for a database that a later version of the program has migrated.
    static func migrate(_ database: SQLiteConnection, path: String) throws(SQLiteError) {
        try refuseNewer(database, path: path)
        // On the file itself and not in the log, so that `DatabaseFile` can know the file by its header.
        if try database.integer("PRAGMA application_id") == 0 {
            try database.transaction { () throws(SQLiteError) in
                try database.execute("PRAGMA application_id = \(DatabaseFile.applicationID)")
            }
        }
        try database.patiently { () throws(SQLiteError) in try useLog(database) }
        // Looked at first without the write lock, which another process may hold for long.
        while try refuseNewer(database, path: path) < version { try step(database, path: path) }
    }

    /// Proves that the file can be read and still is of this version: a newer program may have migrated it meanwhile.
    static func check(_ database: SQLiteConnection, path: String) throws(SQLiteError) {
        try refuseNewer(database, path: path)
    }

    /// Takes the next step, unless another process, which may be migrating as well, has taken it.
    private static func step(_ database: SQLiteConnection, path: String) throws(SQLiteError) {
        try database.transaction { () throws(SQLiteError) -> Void in
            let found = try refuseNewer(database, path: path)
            guard found < version else { return }
            try database.execute(steps[found])
            try database.execute("PRAGMA user_version = \(found + 1)")
        }
    }

    @discardableResult
    private static func refuseNewer(_ database: SQLiteConnection, path: String) throws(SQLiteError) -> Int {
        let found = Int(try database.integer("PRAGMA user_version"))
        guard (0...version).contains(found) else {
            throw .refused(
                StoreError(
                    .configurationInvalid,
                    "\(path) has schema version \(found), this cobrowse-sso knows versions up to \(version)",
                    hint: "run the newer cobrowse-sso, or restore the backup made before it was installed"))
        }
        return found
    }

    private static func useLog(_ database: SQLiteConnection) throws(SQLiteError) {
        let mode = try database.text("PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw .refused(
                StoreError(
                    .configurationInvalid, "the database cannot have a write-ahead log; its journal mode is \(mode)",
                    hint: "keep data_dir on a local file system"))
        }
    }
}

extension Schema {
    /// Times are milliseconds since 1970. Accounts are found by address, which `EmailAddress` has brought into its
    /// compared form; the order of names and addresses is that of their bytes.
    private static let version1 = """
        CREATE TABLE tenants (
            license TEXT NOT NULL PRIMARY KEY,
            name TEXT,
            created_at INTEGER NOT NULL,
            settings TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE trusted_keys (
            sequence INTEGER PRIMARY KEY,
            license TEXT NOT NULL REFERENCES tenants (license),
            id TEXT NOT NULL,
            alias TEXT,
            declared_key_id TEXT,
            public_key BLOB NOT NULL,
            certificate BLOB,
            not_before INTEGER,
            not_after INTEGER,
            imported_at INTEGER NOT NULL,
            UNIQUE (license, id)
        ) STRICT;
        CREATE UNIQUE INDEX trusted_keys_by_alias ON trusted_keys (license, alias) WHERE alias IS NOT NULL;

        CREATE TABLE accounts (
            license TEXT NOT NULL REFERENCES tenants (license),
            email TEXT NOT NULL,
            id TEXT NOT NULL UNIQUE,
            display_name TEXT,
            role TEXT NOT NULL CHECK (role IN ('agent', 'administrator')),
            status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
            created_at INTEGER NOT NULL,
            last_login_at INTEGER NOT NULL,
            UNIQUE (license, email)
        ) STRICT;

        CREATE TABLE signing_keys (
            sequence INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            state TEXT NOT NULL CHECK (state IN ('next', 'current', 'previous')),
            public_key BLOB NOT NULL,
            sealed_private_key BLOB NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        """

    /// People as several systems know them, decisions, revocations, API tokens and the audit trail.
    ///
    /// Decisions are a table with row ids: without them every document beyond a kilobyte would take a page of its own.
    /// Whatever a login wrote before has the tenant's own signature as its proof. A decision about nobody's tenant is
    /// not kept, so `license` is never empty. Audit entries outlive the tenant they speak of.
    private static let version2 = """
        ALTER TABLE tenants ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE accounts ADD COLUMN email_proof TEXT NOT NULL DEFAULT 'tenant-signed';
        CREATE INDEX accounts_administrators ON accounts (license)
            WHERE role = 'administrator' AND status = 'active';

        CREATE TABLE identities (
            license TEXT NOT NULL,
            connection TEXT NOT NULL,
            organization TEXT NOT NULL,
            subject TEXT NOT NULL,
            account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            email TEXT NOT NULL,
            email_proof TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (license, connection, organization, subject)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX identities_by_account ON identities (account_id);

        CREATE TABLE decisions (
            sequence INTEGER PRIMARY KEY,
            license TEXT NOT NULL,
            id TEXT NOT NULL,
            time INTEGER NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('allow', 'deny')),
            code TEXT,
            email TEXT,
            account_id TEXT,
            document TEXT NOT NULL,
            UNIQUE (license, id)
        ) STRICT;
        CREATE INDEX decisions_by_email ON decisions (license, email, id) WHERE email IS NOT NULL;

        CREATE TABLE revocations (
            license TEXT NOT NULL REFERENCES tenants (license) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            value TEXT NOT NULL,
            issued_before INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (license, kind, value)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX revocations_by_end ON revocations (expires_at);

        CREATE TABLE api_tokens (
            id TEXT NOT NULL PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            scope TEXT NOT NULL CHECK (scope IN ('mint', 'admin', 'superuser')),
            license TEXT REFERENCES tenants (license) ON DELETE CASCADE,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            last_used_at INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            license TEXT,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            account TEXT,
            code TEXT,
            line TEXT NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;
        CREATE INDEX audit_by_license ON audit (license, sequence) WHERE license IS NOT NULL;

        ALTER TABLE signing_keys ADD COLUMN state_since INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE signing_keys ADD COLUMN longest_token INTEGER NOT NULL DEFAULT 86400;
        UPDATE signing_keys SET state_since = created_at;

        CREATE TABLE facts_of_store (
            name TEXT NOT NULL PRIMARY KEY,
            value BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
