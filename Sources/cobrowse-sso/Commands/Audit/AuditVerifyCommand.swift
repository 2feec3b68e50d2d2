internal import AuthService
internal import BridgeCore

/// `cobrowse-sso audit verify`.
enum AuditVerifyCommand {
    private static let head = FlagSpec.option(
        "--head", "HASH", "a head that was noted earlier; has to be the hash of some entry")
    private static let pageSize = 1_000

    static var spec: CommandSpec {
        CommandSpec(
            ["audit", "verify"], summary: "Tell whether the audit trail is as it was written",
            discussion: """
                Finds the first entry that was removed, changed, moved or put in; exit code 1 says that there is one. \
                Prints the head otherwise, the hash of the last entry.

                Whoever can write the database can also write a whole new trail, or cut off its end. Note the head \
                somewhere else from time to time: --head then proves that everything up to it is still the same.
                """,
            flags: [head] + FlagSpec.store, examples: ["audit verify", "audit verify --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        var verifier = AuditVerifier(expecting: try notedHead(arguments))
        if let fault = try firstFault(&verifier, arguments, context) {
            return try report(fault, verifier, context)
        }
        guard !context.wantsJSON else {
            context.output.json { writer in
                writer.object { writer in
                    writer.member("valid", true)
                    writer.member("entries", verifier.count)
                    writer.member("head", Hex.encode(verifier.head))
                }
            }
            return .success
        }
        var list = FieldList()
        list.add("entries", "\(verifier.count)")
        list.add("head", Hex.encode(verifier.head))
        context.output.fields(list)
        return .success
    }

    private static func notedHead(_ arguments: ParsedArguments) throws(CommandFailure) -> [UInt8]? {
        guard let text = arguments.value(of: head) else { return nil }
        guard let hash = AuditChain.hash(hex: text) else {
            throw .usage(
                "\(head.name) cannot be \(Printable.quoted(text))",
                hint: "the head is 64 hexadecimal digits, as audit verify prints them")
        }
        return hash
    }

    private static func firstFault(
        _ verifier: inout AuditVerifier, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> AuditFault? {
        let session = try StoreSession.open(arguments, context)
        defer { session.close() }
        var last: Int64 = 0
        while true {
            let page = try session.run { [last] store async throws(StoreError) in
                try await store.auditRecords(after: last, limit: pageSize)
            }
            for record in page {
                if let fault = try reporting({ () throws(StoreError) in try verifier.check(record) }) { return fault }
            }
            guard page.count == pageSize else { return verifier.finish() }
            last = page.last?.sequence ?? last
        }
    }
}

extension AuditVerifyCommand {
    private static func report(
        _ fault: AuditFault, _ verifier: AuditVerifier, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        guard context.wantsJSON else {
            let time = fault.time.map { " of \($0)" } ?? ""
            throw CommandFailure(
                .conflict, "audit entry \(fault.sequence)\(time): \(fault.detail)", hint: hint(fault),
                exitStatus: .answerIsNo)
        }
        context.output.json { writer in
            writer.object { writer in
                writer.member("valid", false)
                writer.member("entries", verifier.count)
                writer.member("sequence", fault.sequence)
                writer.member("time", fault.time?.description)
                writer.member("fault", fault.word)
                writer.member("detail", fault.detail)
            }
        }
        return .answerIsNo
    }

    private static func hint(_ fault: AuditFault) -> String {
        fault.kind == .headMissing
            ? "what is there is in order by itself; compare it with a backup, or with lines collected elsewhere"
            : "everything before it is in order; compare the rest with a backup, or with lines collected elsewhere"
    }
}
