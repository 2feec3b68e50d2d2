/// What a database file or a backup of one holds, for whoever decides about it.
package struct StoreFacts: Sendable, Hashable {
    package let schemaVersion: Int
    package let tenantCount: Int
    package let accountCount: Int
    /// Length of the file in bytes, without a log beside it.
    package let size: Int64

    package init(schemaVersion: Int, tenantCount: Int, accountCount: Int, size: Int64) {
        self.schemaVersion = schemaVersion
        self.tenantCount = tenantCount
        self.accountCount = accountCount
        self.size = size
    }
}

/// The schema of a database file beside the one this program reads and writes.
package struct SchemaState: Sendable, Hashable {
    /// One step from a version to the next.
    package struct Step: Sendable, Hashable {
        /// The version it leads to.
        package let version: Int
        /// What it adds, one clause.
        package let summary: String

        package init(version: Int, summary: String) {
            self.version = version
            self.summary = summary
        }
    }

    /// The version in the file.
    package let found: Int
    /// The version of this program.
    package let supported: Int
    /// What leads from the one to the other, in order; none where the file is up to date.
    package let steps: [Step]

    package init(found: Int, supported: Int, steps: [Step]) {
        self.found = found
        self.supported = supported
        self.steps = steps
    }
}
