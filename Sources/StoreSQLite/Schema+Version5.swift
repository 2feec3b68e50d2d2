extension Schema {
    /// Links of tenants to environments of a CRM. `remote` is what no two connections of a tenant may share; the credential
    /// is sealed, and its mark tells which connections have the same one. `version` is the number of the audit entry of
    /// the last change, which no other change has, also of another connection of the name.
    static let version5 = """
        CREATE TABLE connections (
            license TEXT NOT NULL REFERENCES tenants (license) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            remote TEXT NOT NULL,
            settings TEXT NOT NULL,
            sealed_credential BLOB,
            certificate TEXT,
            credential_ends_at INTEGER,
            credential_mark TEXT,
            credential_set_at INTEGER,
            tested_at INTEGER,
            tested_client TEXT,
            organization TEXT,
            consented_at INTEGER,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (license, kind, name)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX connections_by_remote ON connections (license, kind, remote);
        CREATE INDEX connections_by_credential ON connections (credential_mark, credential_ends_at)
            WHERE credential_mark IS NOT NULL;
        """
}
