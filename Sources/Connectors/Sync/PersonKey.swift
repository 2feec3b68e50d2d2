/// A person's id in a CRM in 16 bytes: a sync keeps some of 100,000 people.
package struct PersonKey: Sendable, Hashable, Comparable {
    let high: UInt64
    let low: UInt64

    package static func < (left: PersonKey, right: PersonKey) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
