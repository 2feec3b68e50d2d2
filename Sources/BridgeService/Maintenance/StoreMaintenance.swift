package import AuthService
package import BridgeCore
internal import StoreSQLite

/// The store's file as a whole, for the commands that copy, replace and migrate it. Everything here blocks.
package struct StoreMaintenance: Sendable {
    private let configuration: Configuration
    private let file: StoreFile

    package init(_ configuration: Configuration) {
        self.configuration = configuration
        file = StoreFile(configuration.databaseFile)
    }

    /// The schema of the file and what is to be done about it; changes nothing.
    package func schema() throws(StoreError) -> SchemaState { try file.schema() }

    /// Brings the file up to date and returns what it was before.
    package func migrate() throws(StoreError) -> SchemaState { try file.migrate() }

    /// Copies all of the store to the empty file at `path`, while others use it, and reads the copy through.
    ///
    /// - Parameter isCancelled: asked many times a second; `true` ends it with `internal`.
    /// - Throws: what `StoreFile.copy` and `StoreFile.examineBackup` throw.
    package func backUp(
        to path: String, isCancelled: @escaping () -> Bool
    ) throws(StoreError) -> StoreFacts {
        try file.copy(to: path, isCancelled: isCancelled)
        return try StoreFile(path).examineBackup(isCancelled: isCancelled)
    }

    /// Reads a backup through and says what is in it.
    package static func examine(
        backup path: String, isCancelled: @escaping () -> Bool
    ) throws(StoreError) -> StoreFacts {
        try StoreFile(path).examineBackup(isCancelled: isCancelled)
    }

    /// Refuses while anybody has the store open; where there is no directory nobody has.
    package func requireUnused() throws(StoreError) { try file.requireUnused() }

    /// Puts a backup in the place of the store.
    ///
    /// - Parameter time: stands in the name that the old file gets.
    /// - Returns: the path of the old file; `nil` where there was none.
    package func restore(
        _ backup: String, at time: Timestamp, isCancelled: @escaping () -> Bool
    ) throws(StoreError) -> String? {
        let status = TextFile.makeDirectory(configuration.dataDirectory)
        guard status == 0 else {
            throw StoreError(
                .configurationInvalid,
                "\(configuration.dataDirectory) cannot be made: \(MasterKeyFile.message(status))",
                hint: "set data_dir to a directory the service may write to")
        }
        let digits = time.description.filter { $0 != "-" && $0 != ":" }
        return try file.replace(
            with: StoreFile(backup), keepingOldAs: "before-\(digits)", isCancelled: isCancelled)
    }
}
