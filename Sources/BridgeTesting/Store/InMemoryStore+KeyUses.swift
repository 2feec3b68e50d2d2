package import AuthService
package import BridgeCore

extension InMemoryStore {
    package func keyUses(of license: License, since time: Timestamp) async throws(StoreError) -> [KeyUse] {
        try read { tables in
            let begin = time.hours
            let uses = (tables.keyUses[license] ?? []).filter { $0.time.hours >= begin }
            return Dictionary(grouping: uses, by: \.keyID).map { keyID, uses in
                KeyUse(
                    keyID: keyID, logins: uses.count, first: uses.map(\.time).min() ?? time,
                    last: uses.map(\.time).max() ?? time)
            }.sorted { $0.keyID < $1.keyID }
        }
    }

    package func removeKeyUses(before time: Timestamp) async throws(StoreError) -> Int {
        try change { tables in
            let old = tables.keyUses.values.joined().filter { $0.time.hours < time.hours }
            tables.keyUses = tables.keyUses.mapValues { $0.filter { $0.time.hours >= time.hours } }
            return Set(old.map { "\($0.keyID) \($0.time.hours)" }).count
        }
    }
}

extension Timestamp {
    fileprivate var hours: Int64 { milliseconds / 3_600_000 }
}
