import BridgeCore

extension KeyRingChange {
    /// The stored keys after the change: what every store writes.
    ///
    /// - Throws: `conflict` when `stored` are not the keys that the change was decided from.
    package func applied(
        to stored: [StoredSigningKey], adding key: StoredSigningKey?
    ) throws(StoreError) -> [StoredSigningKey] {
        guard KeyRing(stored) == before else {
            throw StoreError(
                .conflict, "the signing keys were changed meanwhile",
                hint: "look at them with cobrowse-sso key list, then try again")
        }
        guard added?.key.id == key?.id else {
            throw StoreError(.internal, "the change adds another signing key than the one given")
        }
        let places = after.places
        return (stored + [key].compactMap(\.self)).compactMap { stored in
            guard let (state, place) = places.first(where: { $0.key.id == stored.id }) else { return nil }
            var stored = stored
            (stored.state, stored.stateSince, stored.longestToken) = (state, place.since, place.longestToken)
            return stored
        }
    }
}
