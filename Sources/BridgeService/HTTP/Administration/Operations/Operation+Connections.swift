internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

extension Operation {
    private static let list = PathTemplate("/api/1/tenants/{license}/connections")

    /// Connections to CRMs, those called `default` without their names.
    static let connections =
        [listConnections]
        + [ConnectionSystem.dynamics, .salesforce].flatMap {
            connections(to: $0, named: false) + connections(to: $0, named: true)
        }

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
        let services = call.services
        var states: [ConnectionID: SyncState] = [:]
        for connection in connections { states[connection.id] = try await call.store.syncState(of: connection.id) }
        return ListPage(
            "listConnections", Array(rest.prefix(limit + 1)), limit: limit, position: \.id.identityName
        )
        .answer { [states] connection, writer in
            writer.object { writer in
                writer.member("kind", connection.id.kind.rawValue)
                connection.writeMembers(
                    to: &writer, operatorClientID: services.operatorClientID(connection.id.kind))
                writer.lastSync(states[connection.id])
            }
        }
    }

    /// - Parameter isNamed: whether the path has the name.
    private static func connections(to system: ConnectionSystem, named isNamed: Bool) -> [Operation] {
        let word = (isNamed ? "Named" : "") + system.word
        let path = "/api/1/tenants/{license}/connections/\(system.kind.rawValue)" + (isNamed ? "/{name}" : "")
        return [
            Operation(spec: getSpec("get\(word)Connection", path, system)) { call in
                let connection = try await call.connection(system.kind)
                let state = try await call.store.syncState(of: connection.id)
                return .object { writer in
                    connection.writeMembers(
                        to: &writer, operatorClientID: call.services.operatorClientID(system.kind))
                    writer.lastSync(state)
                }
                .version(connection.version)
            },
            Operation(spec: putSpec("put\(word)Connection", path, system)) { call in
                .report(try await system.save(call, try await call.knownConnectionID(system.kind)))
            },
            Operation(spec: testSpec("test\(word)Connection", "\(path)/test", system)) { call in
                .report(try await system.test(call, try await call.knownConnectionID(system.kind)))
            },
            Operation(spec: deleteSpec("remove\(word)Connection", path)) { call in
                try await system.remove(call, try await call.knownConnectionID(system.kind))
                return .nothing
            },
        ]
    }
}

extension Operation {
    private static func getSpec(_ id: String, _ path: String, _ system: ConnectionSystem) -> OperationSpec {
        OperationSpec(
            id: id, method: .get, path: PathTemplate(path), summary: "A connection to \(system.title), secrets masked",
            need: .tenant, answers: [.versioned("The connection", .named("\(system.word)Connection"))],
            problems: [.init(.notFound)])
    }

    private static func putSpec(_ id: String, _ path: String, _ system: ConnectionSystem) -> OperationSpec {
        OperationSpec(
            id: id, method: .put, path: PathTemplate(path),
            summary: "Test a connection to \(system.title), and save it if every stage passes; what is left out stays",
            need: .tenant, body: .json(.named("\(system.word)ConnectionDraft")), isConditional: true, isUpsert: true,
            answers: [
                .versioned("Every stage passed, and it is saved", .named("ConnectionReport")), .failedStage,
            ], problems: [.init(.configurationInvalid), .init(.conflict), .init(.notFound)])
    }

    private static func testSpec(_ id: String, _ path: String, _ system: ConnectionSystem) -> OperationSpec {
        OperationSpec(
            id: id, method: .post, path: PathTemplate(path),
            summary:
                "Test a connection to \(system.title), and save nothing; what is left out is taken from the stored one",
            need: .tenant, body: .json(.named("\(system.word)ConnectionDraft")),
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
    func knownConnectionID(_ kind: ConnectionID.Kind) async throws -> ConnectionID {
        let license = try await knownLicense()
        guard let text = parameters["name"] else { return ConnectionID(kind, of: license) }
        guard let name = ConnectionName(text) else {
            throw StoreError(
                .notFound, "no connection can have the name \(quoted(text))",
                hint: "names have up to 32 letters in lower case, digits and hyphens")
        }
        return ConnectionID(kind, name, of: license)
    }

    /// What the store holds of the connection in the path.
    fileprivate func connection(_ kind: ConnectionID.Kind) async throws -> Connection {
        let id = try await knownConnectionID(kind)
        guard let connection = try await store.connection(id) else { throw StoreError.noConnection(id) }
        return connection
    }
}
