internal import AuthService
internal import BridgeService

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
        var copy = try StoreCopy(argument, of: arguments, StoreSession.configurationOfStore(arguments, context))
        let target = OutputFile(path: copy.path, replacesExisting: arguments.has(force))
        try target.check()
        let store = StoreMaintenance(copy.configuration)
        if copy.isDryRun {
            _ = try reporting { () throws(StoreError) in try store.schema() }
        } else {
            try target.make { _, draft throws(CommandFailure) in
                copy.facts = try reporting { () throws(StoreError) in
                    try store.backUp(to: draft, isCancelled: isSignalWaiting)
                }
            }
        }
        copy.show(
            ("wrote", "would write"),
            key: (
                ", and nothing secret in it can be opened without",
                "keep a copy of \(copy.configuration.masterKeyFile), in another place than the backup"
            ), context)
        return .success
    }
}
