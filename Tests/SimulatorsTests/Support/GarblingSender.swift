import HTTPMessage

/// Answers as `sender` does, with a number in place of some addresses: rows that nobody can read.
struct GarblingSender: HTTPSender {
    let sender: StandInSender
    let addresses: [String]

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        var response = try await sender.send(request)
        guard !addresses.isEmpty else { return response }
        var text = String(decoding: response.body, as: UTF8.self)
        for address in addresses {
            text.replace("\"internalemailaddress\":\"\(address)\"", with: "\"internalemailaddress\":7")
        }
        response.body = Array(text.utf8)
        return response
    }
}
