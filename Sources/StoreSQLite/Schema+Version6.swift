extension Schema {
    /// Browser sign-ins under way, consents asked for and codes of finished sign-ins, with their numbers by source; the
    /// empty source stands for all of them.
    static let version6 = """
        CREATE TABLE one_time_records (
            sequence INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            license TEXT NOT NULL REFERENCES tenants (license) ON DELETE CASCADE,
            source TEXT NOT NULL,
            content BLOB NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX one_time_records_by_end ON one_time_records (kind, expires_at);
        CREATE INDEX one_time_records_by_license ON one_time_records (license);

        CREATE TABLE one_time_counts (
            kind TEXT NOT NULL,
            source TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (kind, source)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER one_time_record_added AFTER INSERT ON one_time_records BEGIN
            INSERT INTO one_time_counts (kind, source, count) VALUES (new.kind, new.source, 1), (new.kind, '', 1)
            ON CONFLICT (kind, source) DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER one_time_record_removed AFTER DELETE ON one_time_records BEGIN
            UPDATE one_time_counts SET count = count - 1 WHERE kind = old.kind AND source IN (old.source, '');
            DELETE FROM one_time_counts WHERE kind = old.kind AND source = old.source AND count <= 0;
        END;
        """
}
