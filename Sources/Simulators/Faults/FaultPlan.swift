/// The faults that are going to happen, and how often.
struct FaultPlan: Sendable {
    /// A fault that was set.
    struct Entry: Sendable {
        let fault: Fault
        /// How many requests it is still for; `nil` for all.
        var remaining: Int?
        /// A text that path or query of the request has to hold.
        let matching: String?
        /// For `slow`.
        let milliseconds: Int?

        /// How late it makes the answer.
        var delay: Duration {
            if case .transport(let transport) = fault.effect {
                transport.delay(milliseconds: milliseconds)
            } else {
                .zero
            }
        }
    }

    /// In the order in which they were set.
    private(set) var entries: [Entry] = []

    mutating func add(_ entry: Entry) { entries.append(entry) }

    mutating func removeAll() { entries = [] }

    /// The first fault for a request at `place`, which counts as one of its times.
    mutating func take(at place: Fault.Place, target: String) -> Entry? {
        guard
            let index = entries.firstIndex(where: { entry in
                entry.fault.place == place && entry.matching.map { target.contains($0) } ?? true
            })
        else { return nil }
        let entry = entries[index]
        if let remaining = entry.remaining {
            entries[index].remaining = remaining - 1
            if remaining <= 1 { entries.remove(at: index) }
        }
        return entry
    }
}
