internal import AuthService
internal import BridgeCore
internal import Connectors
internal import Synchronization

/// What the log hears of syncs: what they changed, and what is wrong, once for as long as it stays the same.
final class SyncLog: Sendable {
    private let log: any Log
    /// What was said last of a connection's trouble.
    private let told = Mutex<[ConnectionID: String]>([:])
    private let toldKept = Mutex<[ConnectionID: Set<String>]>([:])
    private let isClosed = Mutex(false)

    init(_ log: any Log) {
        self.log = log
    }

    /// Hears no more of what fails: the service ends, and everything with it.
    func close() { isClosed.withLock { $0 = true } }

    func write(_ report: SyncReport) {
        guard !isClosed.withLock(\.self) else { return }
        let id = report.id
        switch report.outcome {
        case .outdated, .interrupted, .notDue, .busy: return
        case .done: writeDone(report)
        case .stopped:
            writeChanges(report, wasInTrouble: false)
            guard isNew("stopped", of: id) else { return }
            log.write(
                .warning, "sync_stopped",
                fields(report) + [
                    (
                        "detail",
                        .text(
                            "\(report.counts.held) of \(report.counts.accounts) accounts would lose access, or the "
                                + "administrator's role, for one reason: more than \(SyncShare.largest) % of those who "
                                + "have it; they keep it until somebody says that it is meant")
                    ),
                    ("hint", .text(Self.look(at: id))),
                ])
        case .failed(let error):
            guard isNew("\(error.code.rawValue) \(error.vendorCode ?? "")", of: id) else { return }
            log.write(
                .error, "sync_failed",
                fields(report) + [
                    ("code", .text(error.code.rawValue)), ("detail", .text(error.detail)),
                    ("hint", .text(error.hint ?? "the next sync goes on")),
                ])
        }
    }

    /// What could not be stored.
    func write(_ error: StoreError, of id: ConnectionID? = nil) {
        guard !isClosed.withLock(\.self) else { return }
        let connection: [(name: String, value: LogValue)] = id.map { [("connection", .text($0.description))] } ?? []
        log.write(
            .error, "sync_failed",
            connection + [("code", .text(error.code.rawValue)), ("detail", .text(error.detail))])
    }

    private func writeDone(_ report: SyncReport) {
        let wasInTrouble = told.withLock { $0.removeValue(forKey: report.id) } != nil
        writeChanges(report, wasInTrouble: wasInTrouble)
    }

    private func writeChanges(_ report: SyncReport, wasInTrouble: Bool) {
        if wasInTrouble || !report.items.isEmpty { log.write(.info, "synced", fields(report)) }
        let kept = Set(report.kept.map(\.id))
        let before = toldKept.withLock { told in
            defer { told[report.id] = kept.isEmpty ? nil : kept }
            return told[report.id] ?? []
        }
        for account in report.kept where !before.contains(account.id) {
            log.write(
                .warning, "last_administrator_kept",
                fields(report) + [
                    ("account", .text(account.id)),
                    (
                        "detail",
                        .text("the CRM refuses the tenant's last administrator, who stays what they are")
                    ),
                    ("hint", .text("make somebody else an administrator; the next sync goes on then")),
                ])
        }
    }

    private func isNew(_ trouble: String, of id: ConnectionID) -> Bool {
        told.withLock { $0.updateValue(trouble, forKey: id) } != trouble
    }

    private func fields(_ report: SyncReport) -> [(name: String, value: LogValue)] {
        let counts = report.counts
        return [
            ("connection", .text(report.id.description)), ("people", .number(counts.people)),
            ("accounts", .number(counts.accounts)), ("suspended", .number(counts.suspended)),
            ("lowered", .number(counts.lowered)), ("restored", .number(counts.restored)),
        ]
    }

    /// What to do about a sync that has stopped.
    static func look(at id: ConnectionID) -> String {
        "see whom: \(command(id)) --dry-run; if it is meant: \(command(id)) --yes"
    }

    /// What syncs a connection at once.
    static func command(_ id: ConnectionID) -> String {
        "cobrowse-sso \(id.kind.rawValue) sync --license \(id.license) --connection \(id.name)"
    }
}
