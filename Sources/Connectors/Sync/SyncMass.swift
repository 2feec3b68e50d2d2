internal import AuthService

/// What a sync leaves undone, since too many would lose the same at once.
struct SyncMass {
    /// What would be done to whom.
    let items: [SyncReport.Item]
    /// How many accounts wait, those among them who could not be asked about this time.
    let count: Int
    private let losses: Set<SyncShare.Loss>

    /// - Parameters:
    ///   - changes: all that is to be done.
    ///   - results: what the store would make of each.
    init(_ changes: [PlannedChange], _ results: [SyncResult], _ plan: SyncPlan) {
        // One who stays the last administrator, or has another way in, loses no account.
        let lost = zip(changes, results).compactMap { planned, result -> (loss: SyncShare.Loss, effect: SyncEffect)? in
            guard let loss = planned.loss, let effect = result.effect else { return nil }
            let isLost = loss == .administration ? effect.takes : effect.closesAccount
            return isLost ? (loss, effect) : nil
        }
        var numbers: [SyncShare.Loss: Int] = [:]
        for (code, number) in plan.expectedSuspensions { numbers[.access(code)] = number }
        for (loss, _) in lost { numbers[loss, default: 0] += 1 }
        let tooMany = numbers.filter { loss, number in
            SyncShare.stops(
                takingFrom: number, of: loss == .administration ? plan.administratorCount : plan.counts.accounts)
        }
        losses = Set(tooMany.keys)
        count = tooMany.values.reduce(0, +)
        items = lost.filter { tooMany[$0.loss] != nil }.map { SyncReport.Item($0.effect) }
    }

    /// Whether the change is left undone: also where somebody would lose one of several ways in.
    func holds(_ planned: PlannedChange) -> Bool { planned.loss.map(losses.contains) ?? false }
}
