internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso migrate`.
enum MigrateCommand {
    private static let preview = FlagSpec.toggle("--preview", "say what would be done and do nothing, as --dry-run")

    static var spec: CommandSpec {
        CommandSpec(
            ["migrate"], summary: "Bring the store to the schema of this version",
            discussion: """
                The service and the other commands do the same by themselves when they open an older store; this says \
                it beforehand, or does it while nobody waits. There is no way back but a backup.
                """,
            flags: [preview] + FlagSpec.store + [.dryRun], examples: ["migrate --preview", "migrate --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let configuration = try StoreSession.configurationOfStore(arguments, context)
        let isPreview = arguments.has(preview) || arguments.has(.dryRun)
        let store = StoreMaintenance(configuration)
        let state = try reporting { () throws(StoreError) in try isPreview ? store.schema() : store.migrate() }
        if context.wantsJSON {
            context.output.json { writer in
                writer.object { writer in
                    state.writeMembers(to: &writer)
                    writer.member("dryRun", isPreview)
                }
            }
        } else {
            show(state, isPreview: isPreview, context.output)
        }
        return .success
    }

    private static func show(_ state: SchemaState, isPreview: Bool, _ output: Output) {
        output.print("the store has schema version \(state.found), this program \(state.supported)")
        for step in state.steps {
            output.print("\(isPreview ? "would take" : "took") step \(step.version): \(step.summary)")
        }
        if state.steps.isEmpty { output.print("nothing to do") }
    }
}

extension SchemaState {
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("schemaVersion", found)
        writer.member("programVersion", supported)
        writer.name("steps")
        writer.array { writer in
            for step in steps {
                writer.object { writer in
                    writer.member("version", step.version)
                    writer.member("summary", step.summary)
                }
            }
        }
    }
}
