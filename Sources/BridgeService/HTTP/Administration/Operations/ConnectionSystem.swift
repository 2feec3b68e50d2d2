internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// What the operations on connections to one kind of system have of their own.
struct ConnectionSystem: Sendable {
    let kind: ConnectionID.Kind
    /// The part of the path, and of the operations' ids: `dynamics`, `Dynamics`.
    let word: String
    let title: String
    /// Tests what a document would make, and saves nothing.
    let test: @Sendable (AdministrationCall, ConnectionID) async throws -> ConnectionReport
    /// Tests, and saves what passed.
    let save: @Sendable (AdministrationCall, ConnectionID) async throws -> ConnectionReport
    let remove: @Sendable (AdministrationCall, ConnectionID) async throws -> Void

    static let dynamics = ConnectionSystem(
        kind: .dynamics, word: "Dynamics", title: "Dynamics 365"
    ) { call, id in
        try await call.services.dynamics.connections.test(DynamicsDraft(call.content.value), of: id, now: call.now)
    } save: { call, id in
        try await call.services.dynamics.connections.save(
            DynamicsDraft(call.content.value), as: id, stamp: call.stamp
        ) { [condition = call.condition] stored in try condition.check(stored) }
    } remove: { call, id in
        try await call.services.dynamics.connections.remove(id, stamp: call.stamp) {
            [condition = call.condition] stored in try condition.check(stored)
        }
    }

    static let salesforce = ConnectionSystem(
        kind: .salesforce, word: "Salesforce", title: "Salesforce"
    ) { call, id in
        try await call.services.salesforce.connections.test(SalesforceDraft(call.content.value), of: id, now: call.now)
    } save: { call, id in
        try await call.services.salesforce.connections.save(
            SalesforceDraft(call.content.value), as: id, stamp: call.stamp
        ) { [condition = call.condition] stored in try condition.check(stored) }
    } remove: { call, id in
        try await call.services.salesforce.connections.remove(id, stamp: call.stamp) {
            [condition = call.condition] stored in try condition.check(stored)
        }
    }
}

extension VersionCondition? {
    /// Refuses a condition that the connection does not meet; none is met by every one, and by none.
    fileprivate func check(_ connection: Connection?) throws(RequestRefusal) {
        guard let self else { return }
        guard let connection, self.allows(connection.version) else {
            let there = connection.map { "has version \($0.version) by now" } ?? "is not there"
            throw RequestRefusal(
                .preconditionFailed, .conflict, "If-Match: the connection \(there)",
                hint: "read it again, make the change in what it is now, and send that with its ETag")
        }
    }
}
