package import BridgeCore

/// Who makes a change and when: what a store needs to write the audit entry of the change beside it.
///
/// The entry itself is made where the change is decided, because only there it is known what was there before.
package struct AuditStamp: Sendable, Hashable {
    package let actor: Actor
    package let time: Timestamp

    package init(_ actor: Actor, at time: Timestamp) {
        self.actor = actor
        self.time = time
    }
}

extension AuditEntry {
    /// An entry of what the bearer of `stamp` does.
    package init(
        _ action: String, _ stamp: AuditStamp, license: License?, before: JSONValue? = nil, after: JSONValue? = nil
    ) {
        self.init(action, by: stamp.actor, at: stamp.time, license: license, before: before, after: after)
    }
}
