internal import AuthService
internal import BridgeCore

/// One sync of one connection, from its beginning to what is remembered of it.
final class SyncRun {
    let sync: ConnectionSync
    let connection: Connection
    /// What is remembered of the connection as it is now.
    let state: SyncState?
    let order: SyncOrder
    let hold: SyncHold
    let startedAt: Timestamp
    /// Behind whom the next one goes on, however this one ends.
    var cursor: SyncCursor
    /// What is known of clones, however it ends.
    private var clones: CloneReport?
    private var isFull = true
    private var counts = SyncCounts()
    private var items: [SyncReport.Item] = []
    private var held: [SyncReport.Item] = []
    private var delays: [Int64] = []
    private var kept: [Account] = []
    /// Sends what is asked, within the budget.
    private let sender: PacedSender
    /// How many were left to the next one, since they have signed in or were changed meanwhile.
    private var leftCount = 0

    /// How many changes are written in one transaction.
    private static let batch = 250

    init(_ sync: ConnectionSync, _ connection: Connection, _ state: SyncState?, _ order: SyncOrder, _ hold: SyncHold) {
        self.sync = sync
        self.connection = connection
        // What was found through another connection says nothing about this one; ids of sets are of one org alone.
        clones = state?.clones.map { $0.known.isEmpty ? nil : CloneReport(accepted: $0.known) } ?? nil
        let state = state.flatMap { $0.isOf(connection) ? $0 : nil }
        self.state = state
        self.order = order
        self.hold = hold
        startedAt = sync.clock.now
        cursor = state?.cursor ?? SyncCursor()
        if let state { (clones, counts.notShown) = (state.clones, state.counts.notShown) }
        sender = PacedSender(sync.sender, within: sync.pacer, hold, budget: sync.vendor.budget)
    }

    /// Runs to its end.
    ///
    /// - Throws: what the store throws where even the end cannot be written down.
    func run() async throws(StoreError) -> SyncReport {
        // Whoever asks for it by name is not kept waiting for what others have used; what that uses counts for them.
        if order.interval != nil, let state, let budget = state.budget {
            sync.pacer.takeOver(budget, by: state.finishedAt, of: connection.id)
        }
        do {
            let plan = try await plan()
            // Somebody who is asked about may be decided about without what was not sent any more.
            if let stoppage = sender.stoppage { throw stoppage }
            let notShownBefore = counts.notShown
            counts = plan.counts
            if !isFull { counts.notShown = notShownBefore }
            var check = RolesCheck(plan)
            leave(try await check.begin())
            if !order.goesOn {
                let mass = SyncMass(check.changes, try await foresee(check.changes), plan)
                check.leaveOut(mass.holds)
                (counts.held, held) = (mass.count, mass.items)
            }
            leave(try await check.finish())
            if let stoppage = sender.stoppage { throw stoppage }
            guard try await carryOut(check.changes, by: plan.basis) else { return try await release(.outdated) }
            // What waits is found again by what is remembered of the last one that was done.
            guard counts.held == 0 else { return try await end(.stopped, .stopped, success: state?.success) }
            return try await end(.done, .done, success: success(plan))
        } catch let thrown {
            let error = sender.stoppage ?? thrown
            // A process that ends leaves what is remembered as it was, and the connection to the next one.
            guard !Task.isCancelled, !(error is CancellationError) else {
                return try await release(.interrupted)
            }
            let failure = error as? any ReasonedError
            let reason =
                failure as? ConnectorError
                ?? failure.map { ConnectorError($0.code, $0.detail, hint: $0.hint) }
                ?? ConnectorError(.internal, "the sync was interrupted", hint: "the next one goes on")
            return try await end(
                .failed(reason), .failed(code: reason.code, detail: reason.detail, hint: reason.hint),
                success: state?.success, retryAfter: reason.retryAfter)
        }
    }

    private func release(_ outcome: SyncReport.Outcome) async throws(StoreError) -> SyncReport {
        try await hold.release()
        return SyncReport(
            connection.id, outcome, isFull: isFull, counts: counts, items: items, held: held, delays: delays,
            kept: kept, clones: clones)
    }

    private func end(
        _ outcome: SyncReport.Outcome, _ remembered: SyncState.Outcome, success: SyncState.Success?,
        retryAfter: Int64? = nil
    ) async throws(StoreError) -> SyncReport {
        let now = sync.clock.now
        let own = sync.pacer.memory(of: connection.id)
        try await hold.end(
            SyncState(
                connectionVersion: connection.version, startedAt: startedAt, finishedAt: now, outcome: remembered,
                isFull: isFull, counts: counts, success: success,
                retryAt: retryAfter.map { now.adding(seconds: $0) }, cursor: cursor, clones: clones,
                budget: order.interval == nil ? own.adding(state?.budget, at: now) : own))
        return SyncReport(
            connection.id, outcome, isFull: isFull, counts: counts, items: items, held: held, delays: delays,
            kept: kept, clones: clones)
    }

    /// What is remembered; whoever was left to the next one is found again by what was modified since then.
    private func success(_ plan: SyncPlan) -> SyncState.Success {
        var success = plan.success
        if leftCount > 0, let before = state?.success { success.readTo = min(success.readTo, before.readTo) }
        return success
    }

    /// What is to be done; reads all there is to read.
    private func plan() async throws -> SyncPlan {
        guard let tenant = try await sync.store.tenant(connection.id.license) else {
            throw StoreError(.notFound, "there is no tenant \(connection.id.license)")
        }
        let policy = AccessPolicy(
            license: tenant.license, rules: RuleSet(tenant.settings.rules), addresses: sync.addresses())
        let source = try sync.vendor.source(
            of: connection, in: tenant, by: policy, through: sender, now: startedAt)
        source.remember(clones)
        var reading = SyncSchedule.reading(
            state, of: connection, everybody: order.everybody, within: sync.pacer.size(of: connection.id), at: startedAt
        )
        var survey = try await survey(reading, source, policy)
        if !reading.isFull, SyncInquiry.needsEverybody(survey, of: source) {
            // Too many to be asked about one by one: everybody is read instead.
            reading = SyncSchedule.Reading(isFull: true, looksAtRoles: true)
            survey = try await self.survey(reading, source, policy)
        }
        isFull = reading.isFull
        clones = source.cloneReport
        var inquiry = SyncInquiry(self, source, policy, survey)
        try await inquiry.run()
        let before = state?.success
        let success = SyncState.Success(
            at: startedAt, fullAt: isFull ? startedAt : before?.fullAt ?? startedAt,
            // Whoever could not be read is found again by what was modified since then.
            readTo: isFull || inquiry.unreadCount == 0 ? startedAt : before?.readTo ?? startedAt,
            rolesAt: reading.looksAtRoles ? startedAt : before?.rolesAt ?? startedAt,
            roleRequests: reading.looksAtRoles ? roleRequestCount : before?.roleRequests ?? 0)
        return SyncPlan(
            changes: inquiry.changes, counts: inquiry.counts, expectedSuspensions: inquiry.expectedSuspensions,
            administratorCount: survey.administratorCount,
            source: source, basis: SyncBasis(connection, tenant), success: success)
    }

    private var roleRequestCount = 0
}

extension SyncRun {
    /// Reads in bulk; where a kept token is refused, once more with a new one.
    private func survey(
        _ reading: SyncSchedule.Reading, _ source: any SyncSource, _ policy: AccessPolicy
    ) async throws -> SyncSurvey {
        do {
            return try await surveyOnce(reading, source, policy)
        } catch let error as ConnectorError where error.vendorCode == source.refusedTokenCode {
            source.forgetAccess()
        }
        return try await surveyOnce(reading, source, policy)
    }

    private func surveyOnce(
        _ reading: SyncSchedule.Reading, _ source: any SyncSource, _ policy: AccessPolicy
    ) async throws -> SyncSurvey {
        if reading.looksAtRoles {
            let before = sender.count
            try await source.readRoles(anew: reading.isFull)
            roleRequestCount = sender.count - before
        }
        var survey = SyncSurvey(source, policy, isFull: reading.isFull, now: startedAt)
        let since = reading.isFull ? nil : state?.success?.readTo.adding(seconds: -SyncSchedule.overlap)
        try await source.readPeople(since: since) { rows, count in
            try await self.look(at: rows, of: source, &survey)
            survey.count(rows: count)
        }
        if survey.canReadNobody { throw ConnectorError.canReadNobody(source.name) }
        var last: String?
        repeat {
            try await hold.extend()
            let page = try await sync.store.syncedPeople(
                of: connection.id, organization: connection.organization, after: last, limit: 1_000)
            for person in page { survey.look(at: person) }
            last = page.last?.subject
        } while last != nil
        return survey
    }

    private func look(at rows: [SyncRow], of source: any SyncSource, _ survey: inout SyncSurvey) async throws {
        let people = try await sync.store.syncedPeople(
            of: connection.id, organization: connection.organization, among: rows.map { source.subject(of: $0.key) })
        let byKey = Dictionary(rows.map { ($0.key, $0) }) { first, _ in first }
        for person in people {
            guard let row = source.key(of: person.subject).flatMap({ byKey[$0] }) else { continue }
            survey.look(at: person, row)
        }
    }
}

extension SyncRun {
    /// - Returns: `false` where connection or rules are others by now.
    private func carryOut(_ changes: [PlannedChange], by basis: SyncBasis) async throws -> Bool {
        guard !order.isDryRun else {
            try await pretend(changes)
            return true
        }
        for start in stride(from: 0, to: changes.count, by: Self.batch) {
            try await hold.extend()
            let batch = changes[start..<min(start + Self.batch, changes.count)]
            let results = try await sync.store.apply(
                batch.map(\.change), of: connection.id, organization: connection.organization, by: hold.holder,
                basis: basis, audit: AuditStamp(order.actor, at: sync.clock.now))
            guard let results else { return false }
            take(results)
        }
        return true
    }

    private func take(_ results: [SyncResult]) {
        var effects: [SyncEffect] = []
        for result in results {
            switch result {
            case .nothing: break
            case .leftToNext: leave(1)
            case .keptLastAdministrator(let account): keep(account)
            case .done(let effect):
                effects.append(effect)
                count(effect)
                if effect.takes { delays.append(effect.delay) }
            }
        }
        for effect in effects {
            sync.vendor.forget(effect.subject, of: connection.id)
        }
        sync.applied(effects)
    }

    /// Counts what would be done.
    private func pretend(_ changes: [PlannedChange]) async throws {
        for result in try await foresee(changes) {
            switch result {
            case .nothing, .leftToNext: break
            case .keptLastAdministrator(let account): keep(account)
            case .done(let effect): count(effect)
            }
        }
    }

    /// What the store would make of changes.
    private func foresee(_ changes: [PlannedChange]) async throws(StoreError) -> [SyncResult] {
        let stamp = AuditStamp(order.actor, at: startedAt)
        let administrators = Set(changes.map(\.person.account).filter(\.isActiveAdministrator).map(\.id))
        let hasOther = try await hasAdministrator(besides: administrators)
        var left = administrators
        var results: [SyncResult] = []
        for planned in changes {
            let id = planned.person.account.id
            let hasOther = hasOther || left.count > (left.contains(id) ? 1 : 0)
            let result = planned.change.result(for: planned.person, hasOtherAdministrator: hasOther, stamp)
            if result.effect?.after.isActiveAdministrator == false { left.remove(id) }
            results.append(result)
        }
        return results
    }

    /// Whether the tenant has an active administrator besides these.
    private func hasAdministrator(besides accounts: Set<String>) async throws(StoreError) -> Bool {
        guard accounts.count > 1 else {
            guard let account = accounts.first else { return true }
            return try await sync.store.hasAdministrator(of: connection.id.license, besides: account)
        }
        return try await sync.store.latestDecisionsOfAdministrators(
            of: connection.id.license, limit: accounts.count + 1
        ).contains { !accounts.contains($0.account.id) }
    }

    private func leave(_ count: Int) {
        leftCount += count
        counts.postponed += count
    }

    private func keep(_ account: Account) {
        counts.kept += 1
        kept.append(account)
    }

    private func count(_ effect: SyncEffect) {
        // Where another way in gives what this one does not any more, there is nothing to be seen.
        if case .lower = effect.step, !effect.takes { return }
        items.append(SyncReport.Item(effect))
        switch effect.step {
        case .suspend: counts.suspended += 1
        case .lower: counts.lowered += 1
        case .restore: counts.restored += 1
        }
    }
}

extension ConnectorError {
    fileprivate static func canReadNobody(_ name: String) -> ConnectorError {
        ConnectorError(
            .upstreamUnavailable, "\(name) has no user who can be read",
            hint: "try again; if it lasts, check proxies on the way, then ask the vendor's support",
            fixedBy: .bridgeOperator)
    }
}
