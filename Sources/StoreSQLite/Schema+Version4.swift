extension Schema {
    /// Keys that were retired and are known still, and which keys sign: by the hour, counted in hours since 1970.
    static let version4 = """
        ALTER TABLE trusted_keys ADD COLUMN retired_at INTEGER;
        CREATE INDEX trusted_keys_by_end ON trusted_keys (not_after)
            WHERE not_after IS NOT NULL AND retired_at IS NULL;

        CREATE TABLE key_uses (
            license TEXT NOT NULL REFERENCES tenants (license) ON DELETE CASCADE,
            key_id TEXT NOT NULL,
            hour INTEGER NOT NULL,
            logins INTEGER NOT NULL,
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            PRIMARY KEY (license, key_id, hour)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX key_uses_by_hour ON key_uses (hour);
        """
}
