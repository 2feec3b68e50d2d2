internal import AuthService
internal import BridgeCore

/// The files whose keys are to be trusted, as a command line names them: files, directories of files, `-`.
struct KeyFiles: Sendable {
    private let reader: KeyFileReader
    private let inputs: [InputFile]
    private let messages: Messages

    /// - Throws: as `DirectoryListing`; `conflict` for more files than a tenant may have keys, before any is read.
    init(_ paths: [String], _ reader: KeyFileReader, _ context: CommandContext) throws(CommandFailure) {
        var inputs: [InputFile] = []
        for path in paths {
            inputs += try Self.inputs(at: path, context)
            guard inputs.count <= KeyImport.largestCount else { throw Self.tooMany("files were given") }
        }
        self.reader = reader
        self.inputs = inputs
        messages = context.messages
    }

    /// All keys of all files.
    ///
    /// - Throws: what is wrong with a file; of several files all that is wrong, in one failure.
    func keys() throws(CommandFailure) -> [CandidateKey] {
        var found: [CandidateKey] = []
        var failures: [CommandFailure] = []
        // So many at a time that what they hold cannot be too much.
        for start in stride(from: 0, to: inputs.count, by: Self.batch) {
            let batch = Array(inputs[start..<min(start + Self.batch, inputs.count)])
            for file in InParallel.map(batch, read) {
                messages.takeOver(file.messages)
                switch file.keys {
                case .success(let keys): found += keys
                case .failure(let failure): failures.append(failure)
                }
            }
            guard found.count <= KeyImport.largestCount else { throw Self.tooMany("keys are in the files") }
        }
        guard let first = failures.first else { return found }
        if inputs.count == 1 { throw first }
        throw CommandFailure(
            first.code, "\(failures.count) of \(inputs.count) files cannot be imported, so nothing was",
            hint: "correct them or take them away, then run the same command again", exitStatus: first.exitStatus,
            causes: failures.flatMap { $0.causes.isEmpty ? [$0] : $0.causes })
    }

    private static let batch = 2_000

    @Sendable private func read(
        _ input: InputFile
    ) -> (keys: Result<[CandidateKey], CommandFailure>, messages: Messages) {
        let messages = Messages.held()
        let keys = Result { () throws(CommandFailure) in try reader.keys(in: input, messages) }
        return (keys, messages)
    }

    private static func inputs(at path: String, _ context: CommandContext) throws(CommandFailure) -> [InputFile] {
        guard path != "-", DirectoryListing.isDirectory(path) else {
            return [context.input(path, malformed: .certificateMalformed)]
        }
        let names = try DirectoryListing.names(of: path, limit: KeyImport.largestCount)
        guard !names.isEmpty else {
            throw CommandFailure(
                .notFound, "\(path): the directory holds no files", hint: "hidden ones are not read",
                exitStatus: .unreadableInput)
        }
        let directory = path.hasSuffix("/") ? path : path + "/"
        return names.map { name in
            var input = context.input(directory + name, malformed: .certificateMalformed)
            input.isFound = true
            return input
        }
    }

    private static func tooMany(_ what: String) -> CommandFailure {
        CommandFailure(
            .conflict, "more than \(KeyImport.largestCount) \(what), and no tenant may have so many keys",
            hint: "import what is used to sign tokens", exitStatus: .unreadableInput)
    }
}
