extension Schema {
    /// What syncs with a CRM have found. An identity that may not enter any more is suspended, an account once every
    /// identity of a CRM that it has is; `status` stays what somebody said by name. `granted_role` is the role that the
    /// identity had last. A row of `syncs` is there once a connection was synced: `holder` may do so until `held_until`,
    /// and `state` is what is remembered of the last time.
    static let version7 = """
        ALTER TABLE accounts ADD COLUMN suspended_at INTEGER;
        ALTER TABLE identities ADD COLUMN granted_role TEXT;
        ALTER TABLE identities ADD COLUMN suspended_at INTEGER;
        ALTER TABLE identities ADD COLUMN suspended_code TEXT;

        CREATE TABLE syncs (
            license TEXT NOT NULL REFERENCES tenants (license) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            holder TEXT,
            held_until INTEGER NOT NULL,
            state TEXT,
            PRIMARY KEY (license, kind, name)
        ) STRICT, WITHOUT ROWID;
        """
}
