package import BridgeCore

/// The bridge's signing keys as a state machine: which of them is only published, which signs, which is still accepted.
///
/// Pure: an event and a time in, the changed ring or the refusal out. Outside an emergency no token that lives ever
/// loses its key: a key that has signed stays current or previous until the last of its tokens has expired.
package struct KeyRing: Sendable, Hashable {
    /// Published, so that whoever verifies knows it before it signs.
    package private(set) var next: Key?
    /// Signs.
    package private(set) var current: Key?
    /// Has signed before, and is accepted until the last of its tokens has expired.
    package private(set) var previous: Key?

    /// What the ring has to know of a key.
    package struct Key: Sendable, Hashable {
        package let id: String
        /// Since when it has been in its place.
        package var since: Timestamp
        /// The longest life of a token it ever signed, in seconds.
        package var longestToken: Int64

        package init(id: String, since: Timestamp, longestToken: Int64 = 0) {
            self.id = id
            self.since = since
            self.longestToken = longestToken
        }
    }

    /// What can happen to the ring, apart from signing.
    package enum Event: Sendable, Hashable {
        /// A new key is published; where none signs yet, it signs at once.
        case rotate(newKey: String)
        /// Next signs from now on. An emergency overrides its waiting time, and that of the previous key it displaces.
        case promote(isEmergency: Bool)
        /// Current and previous change places: what a promotion did is undone, and with it nothing is lost.
        case stepBack
        /// The previous key is removed. An emergency overrides the life of its tokens.
        case retire(isEmergency: Bool)
        /// An emergency: a new key signs from now on, and all others are removed with the tokens they signed.
        case replace(newKey: String)
    }

    /// How long after its last token has expired a key is kept, in seconds.
    ///
    /// A minute for what is between two processes: a token that is being signed while its key is changed, the waiting
    /// for a lock, clocks that are set.
    package static let margin: Int64 = 60

    package init(next: Key? = nil, current: Key? = nil, previous: Key? = nil) {
        self.next = next
        self.current = current
        self.previous = previous
    }

    /// The ring of stored keys; where several are in one state, which this version never writes, the newest counts.
    package init(_ stored: [StoredSigningKey]) {
        func key(_ state: StoredSigningKey.State) -> Key? {
            stored.filter { $0.state == state }.max { $0.createdAt < $1.createdAt }.map { key in
                Key(id: key.id, since: key.stateSince, longestToken: key.longestToken)
            }
        }
        self.init(next: key(.next), current: key(.current), previous: key(.previous))
    }

    /// All keys with their states.
    package var places: [(state: StoredSigningKey.State, key: Key)] {
        [(.next, next), (.current, current), (.previous, previous)].compactMap { state, key in
            key.map { (state, $0) }
        }
    }

    /// From when the next key may sign; `nil` where there is none.
    package func promotionAllowed(after wait: Int64) -> Timestamp? {
        next.map { $0.since.adding(seconds: max(0, wait)) }
    }

    /// From when the previous key may be removed; `nil` where there is none.
    package var retirementAllowed: Timestamp? {
        previous.map { $0.since.adding(seconds: max(0, $0.longestToken)).adding(seconds: Self.margin) }
    }

    /// Notes that the key in `state`, current or next (a probe), is about to sign a token of this life.
    package mutating func noteSigned(lasting seconds: Int64, in state: StoredSigningKey.State = .current) {
        func noted(_ key: Key?) -> Key? {
            key.map { Key(id: $0.id, since: $0.since, longestToken: max($0.longestToken, seconds)) }
        }
        switch state {
        case .next: next = noted(next)
        case .current: current = noted(current)
        case .previous: break  // signs no more
        }
    }
}

extension KeyRing {
    /// What `event` makes of the ring at `now`.
    ///
    /// - Parameter wait: how long a next key is published before it may sign, in seconds.
    /// - Throws: `conflict` for what is too early or does not fit, `not_found` where the key it is about is missing.
    package func change(
        by event: Event, at now: Timestamp, promoteAfter wait: Int64
    ) throws(KeyRingRefusal) -> KeyRingChange {
        var ring = self
        switch event {
        case .rotate(let id): try ring.rotate(id, at: now)
        case .promote(let isEmergency): try ring.promote(isEmergency: isEmergency, after: wait, at: now)
        case .stepBack: try ring.stepBack(at: now)
        case .retire(let isEmergency): try ring.retire(isEmergency: isEmergency, at: now)
        case .replace(let id): ring = KeyRing(current: Key(id: id, since: now))
        }
        return KeyRingChange(event, from: self, to: ring, at: now)
    }

    private mutating func rotate(_ id: String, at now: Timestamp) throws(KeyRingRefusal) {
        if let next { throw .nextExists(next) }
        if current == nil { current = Key(id: id, since: now) } else { next = Key(id: id, since: now) }
    }

    private mutating func promote(isEmergency: Bool, after wait: Int64, at now: Timestamp) throws(KeyRingRefusal) {
        guard let next, let allowed = promotionAllowed(after: wait) else { throw .noNext }
        if !isEmergency {
            guard now >= allowed else { throw .notPublishedLongEnough(next, from: allowed) }
            if let previous, let allowed = retirementAllowed { throw .previousExists(previous, from: allowed, at: now) }
        }
        previous = current.map { $0.moved(at: now) }
        current = next.moved(at: now)
        self.next = nil
    }

    private mutating func stepBack(at now: Timestamp) throws(KeyRingRefusal) {
        guard let previous else { throw .noPrevious("there is no key to step back to") }
        self.previous = current?.moved(at: now)
        current = previous.moved(at: now)
    }

    private mutating func retire(isEmergency: Bool, at now: Timestamp) throws(KeyRingRefusal) {
        guard let previous, let allowed = retirementAllowed else { throw .noPrevious("there is no previous key") }
        guard isEmergency || now >= allowed else { throw .tokensLive(previous, from: allowed) }
        self.previous = nil
    }
}

extension KeyRing.Key {
    fileprivate func moved(at now: Timestamp) -> KeyRing.Key {
        KeyRing.Key(id: id, since: now, longestToken: longestToken)
    }
}
