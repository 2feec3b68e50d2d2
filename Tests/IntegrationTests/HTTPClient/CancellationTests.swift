import BridgeCore
import BridgeTesting
import HTTPClient
import HTTPMessage
import Testing

@Suite("A cancelled task", .serialized, .blocking)
struct CancellationTests {
    @Test("ends its transfer")
    func sending() async throws {
        let arrived = Gate()
        try await ClientUnderTest.run(against: { connection in
            guard connection.request() != nil else { return }
            arrived.open()
            connection.waitForEnd()  // or the server would not stop
        }) { test, server in
            let (client, request) = (test.client, try ClientUnderTest.request("http://127.0.0.1:\(server.port)"))
            let task = Task { await ClientUnderTest.failure(of: request, client)?.failure }
            await arrived.pass()
            task.cancel()
            #expect(await task.value == .cancelled)
        }
    }

    @Test("sends nothing when that is before its turn")
    func waiting() async throws {
        let arrived = Gate()
        try await ClientUnderTest.run(
            { $0.maximumRequests = 1 },
            against: { connection in
                guard connection.request() != nil else { return }
                arrived.open()
                connection.waitForEnd()
            }
        ) { test, server in
            let (client, request) = (test.client, try ClientUnderTest.request("http://127.0.0.1:\(server.port)"))
            let first = Task { await ClientUnderTest.failure(of: request, client)?.failure }
            await arrived.pass()
            let second = Task { await ClientUnderTest.failure(of: request, client)?.failure }
            second.cancel()
            #expect(await second.value == .cancelled)
            let third = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await ClientUnderTest.failure(of: request, client)?.failure
            }
            #expect(await third.value == .cancelled)
            first.cancel()
            #expect(await first.value == .cancelled)
            #expect(server.connectionCount == 1)
        }
    }
}
