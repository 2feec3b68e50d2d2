extension Schema {
    /// Tenants that are gone before their rows are, versions that outlive them, and revocations by number.
    ///
    /// A tenant that is removed keeps its row, marked, until its accounts, decisions and revocations are removed, in
    /// batches: nobody finds it any more, and no other one takes its name before that. `last_versions` has the last
    /// version of each tenant that is gone. The number of a revocation is that of its audit entry; those from before
    /// have 0, which no reader asks to go on from.
    static let version3 = """
        ALTER TABLE tenants ADD COLUMN is_removed INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX tenants_removed ON tenants (license) WHERE is_removed;

        CREATE TABLE last_versions (
            license TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE revocations ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX revocations_by_number ON revocations (license, number);

        CREATE TABLE revocation_counts (
            license TEXT NOT NULL PRIMARY KEY REFERENCES tenants (license) ON DELETE CASCADE,
            count INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO revocation_counts (license, count) SELECT license, count(*) FROM revocations GROUP BY license;
        CREATE TRIGGER revocation_added AFTER INSERT ON revocations BEGIN
            INSERT INTO revocation_counts (license, count) VALUES (new.license, 1)
            ON CONFLICT (license) DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER revocation_removed AFTER DELETE ON revocations BEGIN
            UPDATE revocation_counts SET count = count - 1 WHERE license = old.license;
        END;
        """
}
