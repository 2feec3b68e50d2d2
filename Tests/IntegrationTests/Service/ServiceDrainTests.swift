import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Glibc
import Testing

@Suite("A service that is stopped", .blocking)
struct ServiceDrainTests {
    @Test("answers every request that has arrived, and whoever got a 200 is in the file")
    func drains() async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            try await ServiceUnderTest.addTenant(to: configuration)
            let service = try await ServiceUnderTest.start(configuration)
            let maker = try TokenMaker()
            let requests = try (0..<150).map { number in
                let token = try maker.token(["sub": "\"person\(number)@example.com\""])
                return ServiceUnderTest.request("POST", "/api/1/sso/verify", body: #"{"token":"\#(token)"}"#)
            }
            let clients = try requests.map { _ in try RawClient(port: service.port) }
            for (client, request) in zip(clients, requests) { client.send(request) }
            async let stopped: Void = service.stop()
            var ids: Set<String> = []
            for client in clients {
                let response = try client.response()
                #expect(response.status == 200)
                ids.insert(try response.json["account"]?["id"]?.stringValue ?? "none")
                #expect(try client.isClosed())
            }
            await stopped
            let stored = try await ServiceUnderTest.withStore(configuration) { store in
                try await store.accounts(of: try .example(TokenMaker.license), after: nil, limit: 1_000)
            }
            #expect(ids.count == 150)
            #expect(Set(stored.map(\.id)) == ids)
        }
    }

    @Test("has what it answered in the file at that moment, not when it stops")
    func durable() async throws {
        try await ServiceUnderTest.run { test in
            for number in 0..<20 {
                let token = try TokenMaker().token(["sub": "\"person\(number)@example.com\""])
                let id = try test.verify(token).json["account"]?["id"]?.stringValue
                let stored = try await ServiceUnderTest.withStore(test.configuration) { store in
                    try await store.account(
                        try .example("person\(number)@example.com"), of: try .example(TokenMaker.license))
                }
                #expect(stored?.id == id)
            }
        }
    }

    @Test("closes its port and idle connections, and says that it has stopped")
    func closes() async throws {
        try await withTemporaryDirectory { directory in
            let log = CollectingLog()
            let service = try await Self.startBelowEphemeralPorts(directory, log)
            let idle = try RawClient(port: service.port)
            idle.send(ServiceUnderTest.request("GET", "/healthz"))
            #expect(try idle.response().status == 200)
            await service.stop()
            #expect(try idle.isClosed())
            let error = try #require(throws: ClientError.self) { try RawClient(port: service.port) }
            #expect(error.number == ECONNREFUSED)
            #expect(log.lines.last == #"info stopped {"connectionsCutOff":0}"#)
        }
    }

    /// A service on a port that the system gives to nobody who does not ask for it, such as the test beside this one.
    private static func startBelowEphemeralPorts(
        _ directory: String, _ log: CollectingLog
    ) async throws -> BridgeService {
        var configuration = try ServiceUnderTest.configuration(in: directory)
        for port in 20_000..<20_100 {
            configuration.listen = try #require(Configuration.ListenAddress("127.0.0.1:\(port)"))
            if let service = try? await ServiceUnderTest.start(configuration, log: log) { return service }
        }
        throw ClientError("no port is free", EADDRINUSE)
    }
}
