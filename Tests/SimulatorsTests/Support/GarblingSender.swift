import BridgeCore
import HTTPMessage

/// Answers as `sender` does, with a number in place of some addresses: rows that nobody can read.
struct GarblingSender: HTTPSender {
    let sender: StandInSender
    let addresses: [String]
    /// Hears of each request that was answered.
    let afterRequest: @Sendable (String) async throws -> Void

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        var response = try await sender.send(request)
        do {
            try await afterRequest(request.url.target)
        } catch {
            throw SendError(.local, .internal, "\(error)")
        }
        guard !addresses.isEmpty else { return response }
        var text = String(decoding: response.body, as: UTF8.self)
        for address in addresses {
            text.replace("\"internalemailaddress\":\"\(address)\"", with: "\"internalemailaddress\":7")
        }
        response.body = Array(text.utf8)
        return response
    }
}
