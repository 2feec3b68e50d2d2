package import BridgeCore

extension JSONWriter {
    /// Writes the member `lastSync` of a connection: what everybody may know of it, `null` where there was none.
    package mutating func lastSync(_ state: SyncState?) {
        name("lastSync")
        guard let state else { return null() }
        object { state.writeShown(to: &$0) }
    }
}

extension SyncState {
    fileprivate func writeShown(to writer: inout JSONWriter) {
        writer.member("outcome", outcome.name)
        writer.member("startedAt", startedAt.description)
        writer.member("finishedAt", finishedAt.description)
        writer.member("succeededAt", success?.at.description)
        writer.member("everybody", isFull)
        if case .failed(let code, let detail, let hint) = outcome {
            writer.member("code", code.rawValue)
            writer.member("detail", detail)
            writer.member("hint", hint)
        }
        counts.writeMembers(to: &writer)
        guard let clones else { return }
        writer.name("clones")
        clones.write(to: &writer)
    }

    /// The text that `init(parsing:)` reads, as a store keeps it.
    package var json: String {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writeShown(to: &writer)
            writer.member("connectionVersion", connectionVersion)
            writer.member("started", startedAt.milliseconds)
            writer.member("finished", finishedAt.milliseconds)
            if let retryAt { writer.member("retryAt", retryAt.milliseconds) }
            if let last = cursor.findings { writer.member("cursor", last) }
            if let last = cursor.doubtful { writer.member("doubtfulCursor", last) }
            clones?.writeAccepted(to: &writer)
            writeBudget(to: &writer)
            guard let success else { return }
            writer.member("at", success.at.milliseconds)
            writer.member("fullAt", success.fullAt.milliseconds)
            writer.member("readTo", success.readTo.milliseconds)
            writer.member("rolesAt", success.rolesAt.milliseconds)
            writer.member("roleRequests", Int64(success.roleRequests))
        }
        return writer.text
    }

    /// Limit and window, then second and count in turn.
    private func writeBudget(to writer: inout JSONWriter) {
        guard let budget else { return }
        let sent = budget.sent.flatMap { [$0.second, Int64($0.count)] }
        writer.name("budget")
        writer.array { writer in
            for number in [Int64(budget.size.limit), budget.size.window] + sent { writer.integer(number) }
        }
    }

    /// Reads what was kept; `nil` for what this version has not written, after which everybody is read again.
    package init?(parsing text: String) {
        guard let value = try? JSONValue(parsing: text.utf8),
            let version = value["connectionVersion"]?.integerValue, let started = value.time("started"),
            let finished = value.time("finished"), let outcome = Outcome(value),
            let isFull = value["everybody"]?.boolValue
        else { return nil }
        var clones = value["clones"].map(CloneReport.init)
        clones?.readAccepted(value["acceptedClones"])
        self.init(
            connectionVersion: version, startedAt: started, finishedAt: finished, outcome: outcome, isFull: isFull,
            counts: SyncCounts(value), success: Success(value), retryAt: value.time("retryAt"),
            cursor: SyncCursor(
                findings: value["cursor"]?.stringValue, doubtful: value["doubtfulCursor"]?.stringValue),
            clones: clones, budget: SyncBudget.Memory(value["budget"]))
    }
}

extension SyncBudget.Memory {
    /// Reads what `SyncState.writeBudget` has written.
    fileprivate init?(_ value: JSONValue?) {
        let numbers = (value?.arrayValue ?? []).compactMap(\.integerValue).map { min(max(0, $0), Self.largestNumber) }
        guard numbers.count >= 2, numbers[1] > 0 else { return nil }
        self.init(
            size: SyncBudget.Size(limit: Int(numbers[0]), window: numbers[1]),
            sent: stride(from: 2, to: numbers.count - 1, by: 2).map { place in
                SyncBudget.Sent(second: numbers[place], count: Int(numbers[place + 1]))
            })
    }

    /// Nothing that is added up here overflows.
    private static let largestNumber: Int64 = 1 << 40
}

extension SyncState.Outcome {
    fileprivate init?(_ value: JSONValue) {
        switch value["outcome"]?.stringValue {
        case "done": self = .done
        case "stopped": self = .stopped
        case "failed":
            guard let code = value["code"]?.stringValue.flatMap(ReasonCode.init(rawValue:)) else { return nil }
            self = .failed(
                code: code, detail: value["detail"]?.stringValue ?? "", hint: value["hint"]?.stringValue)
        default: return nil
        }
    }
}

extension SyncState.Success {
    fileprivate init?(_ value: JSONValue) {
        guard let at = value.time("at"), let fullAt = value.time("fullAt"), let readTo = value.time("readTo"),
            let rolesAt = value.time("rolesAt"), let roleRequests = value["roleRequests"]?.integerValue
        else { return nil }
        self.init(
            at: at, fullAt: fullAt, readTo: readTo, rolesAt: rolesAt, roleRequests: Int(clamping: roleRequests))
    }
}

extension SyncCounts {
    private static let names: [(String, any WritableKeyPath<SyncCounts, Int> & Sendable)] = [
        ("people", \.people), ("accounts", \.accounts), ("suspended", \.suspended), ("lowered", \.lowered),
        ("restored", \.restored), ("kept", \.kept), ("postponed", \.postponed), ("held", \.held),
        ("notShown", \.notShown),
    ]

    /// Writes the counts into an object that is open.
    package func writeMembers(to writer: inout JSONWriter) {
        for (name, path) in Self.names { writer.member(name, Int64(self[keyPath: path])) }
    }

    fileprivate init(_ value: JSONValue) {
        for (name, path) in Self.names {
            self[keyPath: path] = Int(clamping: value[name]?.integerValue ?? 0)
        }
    }
}

extension JSONValue {
    fileprivate func time(_ name: String) -> Timestamp? {
        self[name]?.integerValue.map { Timestamp(milliseconds: $0) }
    }
}
