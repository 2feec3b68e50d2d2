internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

extension Operation {
    private static let list = PathTemplate("/api/1/tenants/{license}/connections")

    /// Connections to a CRM: those to Dynamics 365, the one called `default` without its name.
    static let connections = [listConnections] + dynamics(named: false) + dynamics(named: true)

    private static let listConnections = Operation(
        spec: OperationSpec(
            id: "listConnections", method: .get, path: list, summary: "List the connections of a tenant",
            need: .tenant, query: QueryParameter.paging,
            answers: [.list("Connections in order of kind and name, secrets masked", "Connection")],
            problems: [.init(.notFound)])
    ) { call in
        let limit = try call.query.limit()
        let position = try call.position("listConnections")
        let connections = try await call.store.connections(of: try await call.knownLicense())
        let rest = connections.drop { connection in position.map { connection.id.identityName <= $0 } ?? false }
        let clientID = call.services.connections.operatorClientID?.value
        var states: [ConnectionID: SyncState] = [:]
        for connection in connections { states[connection.id] = try await call.store.syncState(of: connection.id) }
        return ListPage(
            "listConnections", Array(rest.prefix(limit + 1)), limit: limit, position: \.id.identityName
        )
        .answer { [states] connection, writer in
            writer.object { writer in
                writer.member("kind", connection.id.kind.rawValue)
                connection.writeMembers(to: &writer, operatorClientID: clientID)
                writer.lastSync(states[connection.id])
            }
        }
    }

    /// - Parameter isNamed: whether the path has the name.
    private static func dynamics(named isNamed: Bool) -> [Operation] {
        let word = isNamed ? "NamedDynamics" : "Dynamics"
        let path = "/api/1/tenants/{license}/connections/dynamics" + (isNamed ? "/{name}" : "")
        return [
            Operation(spec: getSpec("get\(word)Connection", path)) { call in
                let connection = try await call.connection()
                let state = try await call.store.syncState(of: connection.id)
                return .object { writer in
                    connection.writeMembers(
                        to: &writer, operatorClientID: call.services.connections.operatorClientID?.value)
                    writer.lastSync(state)
                }
                .version(connection.version)
            },
            Operation(spec: putSpec("put\(word)Connection", path), run: put),
            Operation(spec: testSpec("test\(word)Connection", "\(path)/test")) { call in
                let draft = try DynamicsDraft(call.content.value)
                let report = try await call.services.connections.test(
                    draft, of: try await call.knownConnectionID(), now: call.now)
                return .report(report)
            },
            Operation(spec: deleteSpec("remove\(word)Connection", path)) { call in
                let condition = call.condition
                try await call.services.connections.remove(try await call.knownConnectionID(), stamp: call.stamp) {
                    stored in try condition.check(stored)
                }
                return .nothing
            },
        ]
    }

    private static func put(_ call: AdministrationCall) async throws -> AdministrationAnswer {
        let draft = try DynamicsDraft(call.content.value)
        let condition = call.condition
        let report = try await call.services.connections.save(
            draft, as: try await call.knownConnectionID(), stamp: call.stamp
        ) { stored in try condition.check(stored) }
        return .report(report)
    }
}

extension Operation {
    private static func getSpec(_ id: String, _ path: String) -> OperationSpec {
        OperationSpec(
            id: id, method: .get, path: PathTemplate(path), summary: "A connection to Dynamics 365, secrets masked",
            need: .tenant, answers: [.versioned("The connection", .named("DynamicsConnection"))],
            problems: [.init(.notFound)])
    }

    private static func putSpec(_ id: String, _ path: String) -> OperationSpec {
        OperationSpec(
            id: id, method: .put, path: PathTemplate(path),
            summary: "Test a connection to Dynamics 365, and save it if every stage passes; what is left out stays",
            need: .tenant, body: .json(.named("DynamicsConnectionDraft")), isConditional: true, isUpsert: true,
            answers: [
                .versioned("Every stage passed, and it is saved", .named("ConnectionReport")), .failedStage,
            ], problems: [.init(.configurationInvalid), .init(.conflict), .init(.notFound)])
    }

    private static func testSpec(_ id: String, _ path: String) -> OperationSpec {
        OperationSpec(
            id: id, method: .post, path: PathTemplate(path),
            summary:
                "Test a connection to Dynamics 365, and save nothing; what is left out is taken from the stored one",
            need: .tenant, body: .json(.named("DynamicsConnectionDraft")),
            answers: [.value("Every stage passed", .named("ConnectionReport")), .failedStage],
            problems: [.init(.configurationInvalid), .init(.notFound)])
    }

    private static func deleteSpec(_ id: String, _ path: String) -> OperationSpec {
        OperationSpec(
            id: id, method: .delete, path: PathTemplate(path),
            summary: "Disconnect: remove a connection with its credential; what came through it stays", need: .tenant,
            isConditional: true, answers: [.nothing("The connection is gone")],
            problems: [.init(.conflict), .init(.notFound)])
    }
}

extension OperationSpec.Answer {
    fileprivate static let failedStage = OperationSpec.Answer(
        status: .unprocessableContent, summary: "A stage failed, and nothing is changed",
        schema: .named("ConnectionReport"))
}

extension AdministrationAnswer {
    /// 200, or 422 where a stage failed; with the version of what was saved.
    fileprivate static func report(_ report: ConnectionReport) -> AdministrationAnswer {
        let answer = json(report.isPassed ? .ok : .unprocessableContent) { $0.connectionReport(report) }
        return report.saved.map { answer.version($0.version) } ?? answer
    }
}

extension AdministrationCall {
    /// The connection in the path, of a tenant that is there.
    func knownConnectionID() async throws -> ConnectionID {
        let license = try await knownLicense()
        guard let text = parameters["name"] else { return ConnectionID(.dynamics, of: license) }
        guard let name = ConnectionName(text) else {
            throw StoreError(
                .notFound, "no connection can have the name \(quoted(text))",
                hint: "names have up to 32 letters in lower case, digits and hyphens")
        }
        return ConnectionID(.dynamics, name, of: license)
    }

    /// What the store holds of the connection in the path.
    fileprivate func connection() async throws -> Connection {
        let id = try await knownConnectionID()
        guard let connection = try await store.connection(id) else { throw StoreError.noConnection(id) }
        return connection
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
