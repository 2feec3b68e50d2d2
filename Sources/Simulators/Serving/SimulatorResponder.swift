import BridgeCore
import EventLoop
import HTTPMessage
import HTTPServer

/// Takes the requests of one loop to a desk; answers that have to be late wait on the loop's timers, on no thread.
final class SimulatorResponder: HTTPResponder {
    private let simulator: LateSimulator
    private let site: Site
    private let loop: EventLoop
    private lazy var desk = simulator.value.map { VendorDesk($0) }

    init(_ simulator: LateSimulator, site: Site, on loop: EventLoop) {
        (self.simulator, self.site, self.loop) = (simulator, site, loop)
    }

    func respond(to request: borrowing HTTPRequestView) -> HTTPReply {
        guard let desk else { return .now(HTTPResponse(.serviceUnavailable)) }
        let answer = desk.answer(Self.value(of: request, at: site))
        guard answer.delay > .zero else {
            desk.simulator.finish(answer)
            return .now(answer.response)
        }
        let (loop, simulator) = (loop, desk.simulator)
        return .later {
            await loop.sleep(for: answer.delay)
            simulator.finish(answer)
            return answer.response
        }
    }

    private static func value(of request: borrowing HTTPRequestView, at site: Site) -> SimulatedRequest {
        var fields: HTTPFields = []
        request.forEachField { name, value in
            if let name = HTTPFieldName(name) { fields.append(name, HTTPFieldValue(replacingIllegalIn: value)) }
        }
        var query: String?
        if let span = request.query { query = text(span) }
        return SimulatedRequest(
            request.method, site, path: text(request.path), query: query, fields: fields, body: bytes(request.body))
    }

    private static func text(_ span: Span<UInt8>) -> String { String(decoding: bytes(span), as: UTF8.self) }

    private static func bytes(_ span: Span<UInt8>) -> [UInt8] {
        [UInt8](capacity: span.count) { output in for index in span.indices { output.append(span[index]) } }
    }
}

extension EventLoop {
    /// Returns on the loop after `delay`.
    fileprivate func sleep(for delay: Duration) async {
        await withCheckedContinuation { continuation in
            schedule(after: delay) { continuation.resume() }
        }
    }
}
