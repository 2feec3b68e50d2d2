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

    package static func tooManyConnections(_ license: License) -> StoreError {
        StoreError(
            .conflict, "the tenant \(license) has \(Connection.largestCount) connections, which is the most",
            hint: "remove one that nobody uses")
    }
}
