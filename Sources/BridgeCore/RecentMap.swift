/// A dictionary of bounded size that forgets what has not been used for longest, approximately and in O(1).
///
/// Two generations: what is used goes into the young one; when that holds half the capacity, it becomes the old one
/// and the old one before it is dropped.
@usableFromInline
package struct RecentMap<Key: Hashable, Value> {
    // Everything is inlinable: unspecialized, a look-up would cost more than the SHA-256 of the token it is for.
    @usableFromInline var young: [Key: Value] = [:]
    @usableFromInline var old: [Key: Value] = [:]
    @usableFromInline let halfCapacity: Int

    /// Keeps at most `capacity` values, two at least.
    @inlinable
    package init(capacity: Int) {
        halfCapacity = max(1, capacity / 2)
    }

    /// How many values are kept.
    @inlinable
    package var count: Int { young.count + old.count }

    /// All values that are kept; none of them counts as used by that.
    @inlinable
    package var values: [Value] { Array(young.values) + Array(old.values) }

    /// The value of `key`, which counts as used now.
    ///
    /// - Parameter drop: called with each value that is forgotten to make room.
    @inlinable
    package mutating func value(for key: Key, dropping drop: (Value) -> Void = { _ in }) -> Value? {
        if let value = young[key] { return value }
        guard let value = old.removeValue(forKey: key) else { return nil }
        insert(value, for: key, dropping: drop)
        return value
    }

    /// Keeps `value`, in place of what was kept for `key`.
    ///
    /// - Parameter drop: called with each value that is forgotten to make room.
    @inlinable
    package mutating func insert(_ value: Value, for key: Key, dropping drop: (Value) -> Void = { _ in }) {
        if young.count >= halfCapacity, young[key] == nil {
            for dropped in old.values { drop(dropped) }
            swap(&young, &old)
            young.removeAll(keepingCapacity: true)
        }
        old[key] = nil
        young[key] = value
    }

    /// Forgets the value of `key` and returns it.
    @inlinable
    package mutating func remove(_ key: Key) -> Value? {
        old.removeValue(forKey: key) ?? young.removeValue(forKey: key)
    }

    /// Forgets every value of which `isGone` is true.
    package mutating func removeAll(where isGone: (Key, Value) -> Bool) {
        young = young.filter { !isGone($0.key, $0.value) }
        old = old.filter { !isGone($0.key, $0.value) }
    }

    /// Forgets everything.
    ///
    /// - Parameter drop: called with each value.
    @inlinable
    package mutating func removeAll(dropping drop: (Value) -> Void = { _ in }) {
        for value in young.values { drop(value) }
        for value in old.values { drop(value) }
        young.removeAll()
        old.removeAll()
    }
}

extension RecentMap: Sendable where Key: Sendable, Value: Sendable {}
