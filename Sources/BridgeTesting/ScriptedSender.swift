package import BridgeCore
package import HTTPMessage
internal import Synchronization

/// A sender that sends nothing: a test answers each request, and looks at them afterwards.
package final class ScriptedSender: HTTPSender {
    package typealias Answer = @Sendable (OutgoingRequest) async throws(SendError) -> IncomingResponse

    private let sent = Mutex<[OutgoingRequest]>([])
    private let answer: Answer

    /// Answers by `answer`, which several requests may be in at once.
    package init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    /// Answers each request with the next response; one too many cannot be sent.
    package convenience init(_ responses: [IncomingResponse]) {
        let rest = RemainingResponses(responses)
        self.init { _ throws(SendError) in
            guard let response = rest.next() else { throw SendError(.local, .internal, "no response is left") }
            return response
        }
    }

    /// The requests so far.
    package var requests: [OutgoingRequest] { sent.withLock(\.self) }

    package func send(_ request: OutgoingRequest) async throws(SendError) -> IncomingResponse {
        sent.withLock { $0.append(request) }
        return try await answer(request)
    }
}

/// Responses that are handed out one after the other.
private final class RemainingResponses: Sendable {
    private let responses: Mutex<ArraySlice<IncomingResponse>>

    init(_ responses: [IncomingResponse]) {
        self.responses = Mutex(responses[...])
    }

    func next() -> IncomingResponse? { responses.withLock { $0.popFirst() } }
}

extension IncomingResponse {
    /// A 200 whose body is JSON text.
    package static func json(_ text: String) -> IncomingResponse { json(200, text) }

    /// A response whose body is JSON text.
    package static func json(_ status: UInt16, _ text: String) -> IncomingResponse {
        IncomingResponse(
            HTTPStatus(rawValue: status), fields: [HTTPField(.contentType, "application/json")], body: Array(text.utf8))
    }

    /// A page of a front door or a proxy.
    package static func page(_ status: UInt16, _ text: String = "<html><body>Oops</body></html>") -> IncomingResponse {
        IncomingResponse(
            HTTPStatus(rawValue: status), fields: [HTTPField(.contentType, "text/html")], body: Array(text.utf8))
    }
}

extension OutgoingRequest {
    /// The names and values of a form; what is no form has none.
    package var formFields: [String: String] {
        var fields: [String: String] = [:]
        let text = body.map { String(decoding: $0.content.copiedBytes, as: UTF8.self) } ?? ""
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            fields[Self.decoded(halves[0])] = Self.decoded(halves[1])
        }
        return fields
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = (0..<2).compactMap { _ in rest.popFirst().flatMap(Hex.value) }
            if digits.count == 2 { bytes.append(digits[0] << 4 | digits[1]) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Secret {
    /// The bytes, for a test to compare.
    package var copiedBytes: [UInt8] {
        withBytes { bytes in
            var copy: [UInt8] = []
            for index in bytes.indices { copy.append(bytes[index]) }
            return copy
        }
    }
}
