import BridgeCore
import HTTPMessage
import Simulators

/// Sends to the stand-ins in this process; what is late comes at once.
struct StandInSender: HTTPSender {
    let simulator: Simulator

    func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        guard request.rule.allows(request.url.origin),
            let sent = SimulatedRequest(
                request.method, request.url.text, of: simulator.sites, fields: Self.fields(of: request),
                body: Self.bytes(request.body?.content))
        else { throw SendError(.hostNotAllowed, .forbidden, "the host is none that the request may go to") }
        let answer = VendorDesk(simulator).answer(sent)
        simulator.finish(answer)
        return IncomingResponse(
            answer.response.status, fields: answer.response.fields, body: answer.response.body)
    }

    private static func fields(of request: OutgoingRequest) -> HTTPFields {
        var fields = request.fields
        if let body = request.body { fields.append(.contentType, body.contentType) }
        if let token = request.bearerToken, let name = HTTPFieldName("Authorization") {
            let text = String(decoding: bytes(token), as: UTF8.self)
            fields.append(name, HTTPFieldValue(replacingIllegalIn: "Bearer \(text)"))
        }
        return fields
    }

    private static func bytes(_ secret: Secret?) -> [UInt8] {
        secret?.withBytes { bytes in bytes.indices.map { bytes[$0] } } ?? []
    }
}
