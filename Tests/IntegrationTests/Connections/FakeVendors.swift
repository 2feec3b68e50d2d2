import BridgeCore
import BridgeTesting
import HTTPMessage

/// Microsoft and an org of Salesforce behind one sender.
final class FakeVendors: HTTPSender {
    let microsoft = FakeMicrosoft()
    let org = FakeOrg()

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        if request.url.origin.host.hasSuffix(".salesforce.com") { return try await org.send(request) }
        return try await microsoft.send(request)
    }
}
