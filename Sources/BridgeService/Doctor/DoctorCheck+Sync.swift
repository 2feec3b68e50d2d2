internal import AuthService
internal import BridgeCore

extension DoctorCheck {
    /// Every connection is in step with its CRM.
    static let sync = DoctorCheck(id: "sync") { subject in
        guard let store = subject.store else { return [] }
        var notes: [Note] = []
        var count = 0
        do throws(StoreError) {
            for id in try await store.syncedConnectionIDs() {
                guard let connection = try await store.connection(id), connection.isRead else { continue }
                count += 1
                let state = try await store.syncState(of: id)
                if let note = Self.note(connection, state, subject) { notes.append(note) }
            }
        } catch {
            return [.red(error)]
        }
        guard count > 0 else { return [] }
        return notes.isEmpty ? [.green("\(count) \(count == 1 ? "connection is" : "connections are") in step")] : notes
    }

    private static func note(_ connection: Connection, _ state: SyncState?, _ subject: DoctorSubject) -> Note? {
        let id = connection.id
        if let state, state.outcome == .stopped {
            return .red(
                "the \(id): a sync would take access, or the administrator's role, from \(state.counts.held) of "
                    + "\(state.counts.accounts) accounts, and waits", fix: SyncLog.look(at: id))
        }
        let allowed = 3 * subject.configuration.syncInterval
        guard subject.now > (state?.success?.at ?? connection.updatedAt).adding(seconds: allowed) else { return nil }
        let since = state?.success.map { "has not been in step since \($0.at)" } ?? "has never been in step"
        let fix = "start the service, or look what a sync says: \(SyncLog.command(id))"
        guard case .failed(_, let detail, let hint) = state?.outcome else {
            return .yellow("the \(id) \(since)", fix: fix)
        }
        return .yellow("the \(id) \(since): \(detail)", fix: hint ?? fix)
    }
}
