internal import BridgeCore
internal import HTTPMessage
internal import HTTPServer

/// Answers every request of a loop whose verifier could not be made.
final class FailingResponder: HTTPResponder {
    func respond(to request: borrowing HTTPRequestView) -> HTTPReply {
        .now(
            ProblemDocument(
                status: .internalServerError, code: .internal, detail: "OpenSSL offers no SHA-256",
                requestID: request.id
            ).response)
    }
}
