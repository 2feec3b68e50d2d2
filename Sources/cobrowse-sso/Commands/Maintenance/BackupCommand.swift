internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Glibc

/// `cobrowse-sso backup`.
enum BackupCommand {
    private static let argument = ArgumentSpec("FILE", "file to write, readable by its owner alone", kind: .outputFile)
    private static let force = FlagSpec.toggle("--force", "replace a file of that name")

    static var spec: CommandSpec {
        CommandSpec(
            ["backup"], summary: "Copy the store into one file, while the service runs",
            discussion: """
                The copy is the store as it was at one moment. It appears under its name when it is complete, on the \
                disk, and has been read through: integrity, schema version, application id.

                The master key is not in it. Without that key nothing secret in the backup can be opened: keep a copy \
                of master_key_file too, in another place.
                """,
            arguments: [argument], flags: [force] + FlagSpec.store + [.dryRun],
            examples: ["backup /var/backups/cobrowse-sso.db", "backup today.db --force --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let configuration = try StoreSession.configurationOfStore(arguments, context)
        let path = try arguments.required(argument)
        let target = OutputFile(path: path, replacesExisting: arguments.has(force))
        try target.check()
        try refuseOwnFiles(path, configuration)
        let store = StoreMaintenance(configuration)
        var facts: StoreFacts?
        if arguments.has(.dryRun) {
            _ = try reporting { () throws(StoreError) in try store.schema() }
        } else {
            try target.make { _, draft throws(CommandFailure) in
                facts = try reporting { () throws(StoreError) in
                    try store.backUp(to: draft, isCancelled: isSignalWaiting)
                }
            }
        }
        show(facts, path, configuration, context)
        return .success
    }

    /// The backup must not take the place of what it is a backup of.
    private static func refuseOwnFiles(_ path: String, _ configuration: Configuration) throws(CommandFailure) {
        let database = configuration.databaseFile
        for own in [database, "\(database)-wal", "\(database)-shm", configuration.masterKeyFile]
        where FileIdentity(path) != nil && FileIdentity(path) == FileIdentity(own) {
            throw CommandFailure(
                .conflict, "\(path) is a file of the store itself", hint: "choose a name in another directory")
        }
    }

    private static func show(
        _ facts: StoreFacts?, _ path: String, _ configuration: Configuration, _ context: CommandContext
    ) {
        context.messages.warning(
            "the master key is not in the backup, and nothing secret in it can be opened without",
            hint: "keep a copy of \(configuration.masterKeyFile), in another place than the backup")
        guard !context.wantsJSON else {
            return context.output.json { writer in
                writer.object { writer in
                    writer.member("file", path)
                    facts?.writeMembers(to: &writer)
                    writer.member("masterKeyIncluded", false)
                    writer.member("masterKeyFile", configuration.masterKeyFile)
                    writer.member("dryRun", facts == nil)
                }
            }
        }
        guard let facts else { return context.output.print("would write \(Printable.line(path))") }
        context.output.print("wrote \(Printable.line(path)): \(facts.words)")
    }
}

/// Which file a path leads to.
struct FileIdentity: Equatable {
    private let device: UInt
    private let number: UInt

    /// `nil` where there is none.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        number = UInt(status.st_ino)
    }
}

extension StoreFacts {
    /// One line for people.
    var words: String {
        "schema version \(schemaVersion), tenants: \(tenantCount), accounts: \(accountCount), bytes: \(size)"
    }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("schemaVersion", schemaVersion)
        writer.member("tenants", tenantCount)
        writer.member("accounts", accountCount)
        writer.member("size", size)
    }
}
