package import BridgeCore

/// An event that the ring allowed: what happened when, and the ring before and after it.
package struct KeyRingChange: Sendable, Hashable {
    package let event: KeyRing.Event
    package let time: Timestamp
    package let before: KeyRing
    package let after: KeyRing

    init(_ event: KeyRing.Event, from before: KeyRing, to after: KeyRing, at time: Timestamp) {
        self.event = event
        self.time = time
        self.before = before
        self.after = after
    }

    /// The keys that are no longer there.
    package var removed: [String] {
        let kept = Set(after.places.map(\.key.id))
        return before.places.map(\.key.id).filter { !kept.contains($0) }
    }

    /// The key that the event added, and its state.
    package var added: (state: StoredSigningKey.State, key: KeyRing.Key)? {
        let known = Set(before.places.map(\.key.id))
        return after.places.first { !known.contains($0.key.id) }
    }

    /// Whether somebody overrode a waiting time; live tokens may have lost their key.
    package var isEmergency: Bool {
        switch event {
        case .promote(let isEmergency), .retire(let isEmergency): isEmergency
        case .replace: true
        case .rotate, .stepBack: false
        }
    }

    /// The line of the audit trail that goes with the change.
    package func auditEntry(by actor: Actor) -> AuditEntry {
        AuditEntry(
            "signingKey.\(event.name)", by: actor, at: time, license: nil, before: before.json,
            after: after.json(adding: isEmergency ? [JSONMember(name: "emergency", value: .bool(true))] : []))
    }
}

extension KeyRing.Event {
    /// The verb of the event in the audit trail and in JSON.
    package var name: String {
        switch self {
        case .rotate: "rotate"
        case .promote: "promote"
        case .stepBack: "stepBack"
        case .retire: "retire"
        case .replace: "replace"
        }
    }
}

extension KeyRing {
    /// `{"next":{"keyId","since","longestToken"},"current":...,"previous":...}`, without the places nobody is in.
    package var json: JSONValue { json(adding: []) }

    fileprivate func json(adding members: [JSONMember]) -> JSONValue {
        .object(
            places.map { state, key in
                JSONMember(
                    name: state.rawValue,
                    value: .object([
                        JSONMember(name: "keyId", value: .string(key.id)),
                        JSONMember(name: "since", value: .string(key.since.description)),
                        JSONMember(name: "longestToken", value: .number(.integer(key.longestToken))),
                    ]))
            } + members)
    }
}
