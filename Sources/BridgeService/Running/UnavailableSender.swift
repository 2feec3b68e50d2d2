internal import BridgeCore
internal import HTTPMessage

struct UnavailableSender: HTTPSender {
    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        throw SendError(.local, .internal, "this build has no client")
    }
}
