package import AuthService
internal import BridgeCore
internal import Synchronization

/// The roles of people who signed in just now: for a minute, so that a busy hour does not ask for each of them again.
///
/// Of who a person is nothing is kept: who is disabled is out with the next login. Nobody is refused by what is in here.
package final class KeptRoles<Person: Hashable & Sendable, Roles: Sendable>: Sendable {
    /// How old what it gives may be, in seconds.
    package static var age: Int64 { 60 }

    struct Key: Sendable, Hashable {
        let connection: ConnectionID
        let person: Person
    }

    private struct Kept {
        let roles: Roles
        let readAt: Timestamp
    }

    private let kept: Mutex<RecentMap<Key, Kept>>

    /// Keeps the roles of at most `capacity` people.
    package init(capacity: Int = 8_192) {
        kept = Mutex(RecentMap(capacity: capacity))
    }

    /// What was read of a person within the last minute; a clock that was set back makes it older.
    func roles(_ key: Key, now: Timestamp) -> Roles? {
        guard let found = kept.withLock({ $0.value(for: key) }), found.readAt <= now,
            now < found.readAt.adding(seconds: Self.age)
        else { return nil }
        return found.roles
    }

    func keep(_ roles: Roles, of key: Key, now: Timestamp) {
        kept.withLock { $0.insert(Kept(roles: roles, readAt: now), for: key) }
    }

    /// Forgets a person, whose roles cannot be vouched for any more.
    func forget(_ key: Key) {
        kept.withLock { _ = $0.remove(key) }
    }

    /// Forgets everybody who came through a connection: it was changed or removed.
    package func forget(_ connection: ConnectionID) {
        kept.withLock { $0.removeAll { key, _ in key.connection == connection } }
    }

    /// Forgets everybody.
    package func forgetAll() {
        kept.withLock { $0.removeAll() }
    }
}
