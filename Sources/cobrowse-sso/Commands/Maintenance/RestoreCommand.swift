internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso restore`.
enum RestoreCommand {
    private static let argument = ArgumentSpec("FILE", "backup to put in the place of the store", kind: .inputFile)
    private static let yes = FlagSpec.toggle("--yes", "replace the store that is there")

    static var spec: CommandSpec {
        CommandSpec(
            ["restore"], summary: "Put a backup in the place of the store",
            discussion: """
                Stop the service first: as long as anybody has the store open, it is refused. The backup is read through \
                before anything changes. The old file stays beside the new one, under a name with the time.

                The master key is not in the backup: put the one that belongs to it at master_key_file, and see with \
                doctor whether it fits.
                """,
            arguments: [argument], flags: [yes] + FlagSpec.store + [.dryRun],
            examples: ["restore /var/backups/cobrowse-sso.db --dry-run", "restore yesterday.db --yes"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        var copy = try StoreCopy(argument, of: arguments, ConfigurationSources.read(arguments, context))
        let store = StoreMaintenance(copy.configuration)
        copy.facts = try examine(copy.path)
        try reporting { () throws(StoreError) in try store.requireUnused() }
        let old = copy.isDryRun ? nil : try replace(store, by: copy, arguments)
        let key = copy.configuration.masterKeyFile
        copy.show(
            ("restored", "would restore"),
            key: ("", "\(key) has to be the one of the time of the backup: cobrowse-sso doctor"), context
        ) { writer in
            writer.member("database", copy.configuration.databaseFile)
            writer.member("oldDatabase", old)
        }
        if let old, !context.wantsJSON { context.output.print("the old store is \(Printable.line(old))") }
        return .success
    }

    /// The path that the old store has from now on; `nil` where there was none.
    private static func replace(
        _ store: StoreMaintenance, by copy: StoreCopy, _ arguments: ParsedArguments
    ) throws(CommandFailure) -> String? {
        guard arguments.has(yes) || !StoreSession.hasDatabase(copy.configuration) else {
            throw .usage(
                "\(copy.configuration.databaseFile) would be replaced",
                hint: "say so with --yes; --dry-run looks at the backup and changes nothing")
        }
        var old: String?
        try withSignalsBlocked { () throws(CommandFailure) in
            old = try reporting { () throws(StoreError) in
                try store.restore(copy.path, at: SystemClock().now, isCancelled: isSignalWaiting)
            }
        }
        return old
    }

    /// Whatever is wrong with the backup is the input's fault.
    private static func examine(_ path: String) throws(CommandFailure) -> StoreFacts {
        do throws(StoreError) {
            return try StoreMaintenance.examine(backup: path, isCancelled: { false })
        } catch {
            throw CommandFailure(error.code, error.detail, hint: error.hint, exitStatus: .unreadableInput)
        }
    }
}
