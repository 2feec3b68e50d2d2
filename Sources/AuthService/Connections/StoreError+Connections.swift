internal import BridgeCore

/// What stores say of connections, all of them alike.
extension StoreError {
    package static func noConnection(_ id: ConnectionID) -> StoreError {
        StoreError(
            .notFound, "there is no \(id)",
            hint: "make it: cobrowse-sso \(id.kind.rawValue) save --license \(id.license)")
    }

    package static func staleConnection(_ id: ConnectionID) -> StoreError {
        StoreError(
            .conflict, "the \(id) was changed or removed meanwhile", hint: "look at what it is now, then do it again")
    }

    package static func linkedAlready(_ connection: Connection, by other: String) -> StoreError {
        StoreError(
            .conflict, "the connection \(other) of \(connection.id.license) is linked to \(connection.remote) already",
            hint: "change that one, or remove it first; one environment, or org, has one connection")
    }

    /// It does not say for whom else, nor as whom.
    package static func readForAnother(_ connection: Connection) -> StoreError {
        StoreError(
            .conflict,
            "the operator's client reads \(connection.remote) for another tenant, and reads for one at a time",
            hint:
                "give the connection a client of its own, whose credential proves that it may, or ask the operator of the bridge"
        )
    }

    package static func tooManyConnections(_ license: License) -> StoreError {
        StoreError(
            .conflict, "the tenant \(license) has \(Connection.largestCount) connections, which is the most",
            hint: "remove one that nobody uses")
    }
}
