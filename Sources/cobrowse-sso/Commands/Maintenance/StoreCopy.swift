internal import AuthService
internal import BridgeCore
internal import BridgeService

/// The file that `backup` writes and `restore` reads: what both of them check of it, and what they say of it.
struct StoreCopy {
    let path: String
    let configuration: Configuration
    let isDryRun: Bool
    /// What is in the copy; `nil` where there is none yet.
    var facts: StoreFacts?

    /// Takes the path that `argument` names and `--dry-run`.
    ///
    /// - Throws: A usage failure; `conflict` where the path leads to a file of the store itself.
    init(
        _ argument: ArgumentSpec, of arguments: ParsedArguments, _ configuration: Configuration
    ) throws(CommandFailure) {
        path = try arguments.required(argument)
        self.configuration = configuration
        isDryRun = arguments.has(.dryRun)
        try refuseOwnFiles()
    }

    /// A copy and what it is a copy of must not take each other's place.
    private func refuseOwnFiles() throws(CommandFailure) {
        guard let identity = FileIdentity(path) else { return }
        let database = configuration.databaseFile
        for own in [database, "\(database)-wal", "\(database)-shm", configuration.masterKeyFile]
        where FileIdentity(own) == identity {
            throw CommandFailure(
                .conflict, "\(path) is a file of the store itself", hint: "choose a name in another directory")
        }
    }

    /// Says what was done, or would be, and how to come by the master key.
    ///
    /// - Parameters:
    ///   - verb: What was done, and what would be: `("wrote", "would write")`.
    ///   - key: What is wrong about the missing master key, and what to do.
    ///   - members: What the command has to add to the object of `--json`.
    func show(
        _ verb: (done: String, planned: String), key: (warning: String, hint: String), _ context: CommandContext,
        members: (inout JSONWriter) -> Void = { _ in }
    ) {
        context.messages.warning("the master key is not in the backup\(key.warning)", hint: key.hint)
        guard context.wantsJSON else {
            let content = facts.map { ": \($0.words)" } ?? ""
            return context.output.print("\(isDryRun ? verb.planned : verb.done) \(Printable.line(path))\(content)")
        }
        context.output.json { writer in
            writer.object { writer in
                writer.member("file", path)
                facts?.writeMembers(to: &writer)
                members(&writer)
                writer.member("masterKeyIncluded", false)
                writer.member("masterKeyFile", configuration.masterKeyFile)
                writer.member("dryRun", isDryRun)
            }
        }
    }
}

extension StoreFacts {
    /// One line for people.
    fileprivate var words: String {
        "schema version \(schemaVersion), tenants: \(tenantCount), accounts: \(accountCount), bytes: \(size)"
    }

    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.member("schemaVersion", schemaVersion)
        writer.member("tenants", tenantCount)
        writer.member("accounts", accountCount)
        writer.member("size", size)
    }
}
