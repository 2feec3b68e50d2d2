internal import AuthService
internal import BridgeCore
internal import BridgeService

extension ConnectionSession {
    /// Shows the connections of a kind, or the one that is named; with `--json` a list where none is named.
    static func show(
        _ kind: ConnectionID.Kind, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let (shown, states, clientID) = try run(kind, arguments, context) { session throws(CommandFailure) in
            let shown = try session.shown(arguments)
            return (shown, try session.lastSyncs(of: shown), session.operatorClientID)
        }
        func write(_ connection: Connection, to writer: inout JSONWriter) {
            connection.writeMembers(to: &writer, operatorClientID: clientID)
            writer.lastSync(states[connection.id])
        }
        if context.wantsJSON {
            if arguments.has(name), let connection = shown.first {
                context.output.json { writer in
                    writer.object { write(connection, to: &$0) }
                }
            } else {
                context.output.items(shown) { write($0, to: &$1) }
            }
            return .success
        }
        for (index, connection) in shown.enumerated() {
            if index > 0 { context.output.print("") }
            show(connection, states[connection.id], operatorClientID: clientID, context.output)
        }
        return .success
    }

    private func shown(_ arguments: ParsedArguments) throws(CommandFailure) -> [Connection] {
        let known = try connections()
        guard arguments.has(Self.name) || known.isEmpty else { return known }
        let id = try id(arguments, isNew: true)
        let found = known.filter { $0.id == id }
        guard !found.isEmpty else { throw CommandFailure(StoreError.noConnection(id)) }
        return found
    }

    /// The page for people: the members of the document, a line each.
    private static func show(
        _ connection: Connection, _ state: SyncState?, operatorClientID: String?, _ output: Output
    ) {
        var writer = JSONWriter()
        writer.object { connection.writeMembers(to: &$0, operatorClientID: operatorClientID) }
        var list = FieldList()
        // What was just written is JSON.
        for member in (try? JSONValue(parsing: writer.bytes))?.objectValue ?? [] {
            // A certificate has its lines for programs.
            guard member.name != "clientCertificate" else { continue }
            switch member.value {
            case .bool(let value): list.add(member.name, value ? "yes" : "no")
            default: list.add(member.name, member.value.stringValue)
            }
        }
        list.add("lastSync", state.map(words))
        output.fields(list)
    }

    /// How the last sync ended, in a line.
    private static func words(_ state: SyncState) -> String {
        let success = state.success.map { ", in step as of \($0.at)" } ?? ""
        return switch state.outcome {
        case .done: "\(state.finishedAt): \(state.counts.accounts) accounts in step"
        case .stopped:
            "\(state.finishedAt): stopped, \(state.counts.held) of \(state.counts.accounts) accounts wait for a --yes"
                + success
        case .failed(let code, let detail, _): "\(state.finishedAt): failed, \(code.rawValue): \(detail)\(success)"
        }
    }
}
