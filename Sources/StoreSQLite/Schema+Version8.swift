extension Schema {
    /// A credential of two parts, a secret and a key, each with a mark and an end of its own. What stood for whichever
    /// there was stands for the secret now; a certificate says that it was the key.
    static let version8 = """
        DROP INDEX connections_by_credential;
        ALTER TABLE connections RENAME COLUMN credential_mark TO secret_mark;
        ALTER TABLE connections RENAME COLUMN credential_ends_at TO secret_ends_at;
        ALTER TABLE connections RENAME COLUMN credential_set_at TO secret_set_at;
        ALTER TABLE connections ADD COLUMN key_mark TEXT;
        ALTER TABLE connections ADD COLUMN key_ends_at INTEGER;
        ALTER TABLE connections ADD COLUMN key_set_at INTEGER;
        UPDATE connections
            SET key_mark = secret_mark, key_ends_at = secret_ends_at, key_set_at = secret_set_at,
                secret_mark = NULL, secret_ends_at = NULL, secret_set_at = NULL
            WHERE certificate IS NOT NULL;
        CREATE INDEX connections_by_secret ON connections (secret_mark, secret_ends_at)
            WHERE secret_mark IS NOT NULL;
        CREATE INDEX connections_by_key ON connections (key_mark, key_ends_at) WHERE key_mark IS NOT NULL;
        """
}
