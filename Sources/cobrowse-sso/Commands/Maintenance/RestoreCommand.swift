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
        let configuration = try ConfigurationSources.read(arguments, context)
        let path = try arguments.required(argument)
        let store = StoreMaintenance(configuration)
        if FileIdentity(path) != nil, FileIdentity(path) == FileIdentity(configuration.databaseFile) {
            throw CommandFailure(.conflict, "\(path) is the store itself", hint: "name the backup")
        }
        var restored = Restored(path: path, isDryRun: arguments.has(.dryRun), configuration: configuration)
        restored.facts = try examine(path)
        try reporting { () throws(StoreError) in try store.requireUnused() }
        if !restored.isDryRun {
            guard arguments.has(yes) || !StoreSession.hasDatabase(configuration) else {
                throw .usage(
                    "\(configuration.databaseFile) would be replaced",
                    hint: "say so with --yes; --dry-run looks at the backup and changes nothing")
            }
            try withSignalsBlocked { () throws(CommandFailure) in
                restored.old = try reporting { () throws(StoreError) in
                    try store.restore(path, at: SystemClock().now, isCancelled: isSignalWaiting)
                }
            }
        }
        restored.show(context)
        return .success
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

/// What a restore did, or would do.
private struct Restored {
    let path: String
    let isDryRun: Bool
    let configuration: Configuration
    var facts: StoreFacts?
    var old: String?

    func show(_ context: CommandContext) {
        context.messages.warning(
            "the master key is not in the backup",
            hint: "\(configuration.masterKeyFile) has to be the one of the time of the backup: cobrowse-sso doctor")
        guard !context.wantsJSON else {
            return context.output.json { writer in writer.object { writeMembers(to: &$0) } }
        }
        let what = "\(Printable.line(path)): \(facts?.words ?? "")"
        context.output.print("\(isDryRun ? "would restore" : "restored") \(what)")
        if let old { context.output.print("the old store is \(Printable.line(old))") }
    }

    private func writeMembers(to writer: inout JSONWriter) {
        writer.member("file", path)
        facts?.writeMembers(to: &writer)
        writer.member("database", configuration.databaseFile)
        writer.member("oldDatabase", old)
        writer.member("masterKeyIncluded", false)
        writer.member("masterKeyFile", configuration.masterKeyFile)
        writer.member("dryRun", isDryRun)
    }
}
