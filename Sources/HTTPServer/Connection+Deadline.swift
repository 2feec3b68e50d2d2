internal import CEvent
import Glibc
import HTTPMessage

// Time.
extension Connection {
    /// The deadline has passed.
    func expire() {
        switch phase {
        case .reading:
            guard !framing.isAtStart else { return close() }
            refuse(Refusal(.requestTimeout, "the request took too long to arrive"))
            bufferevent_trigger(bufferEvent, Int16(EV_READ), 0)
        case .lingering: finishLingering()
        case .passed, .writing, .refusing: close()
        case .answering: giveUpAnswering()
        case .closed: break
        }
    }

    /// Whether the connection may be closed without losing a request: none is under way, none has arrived.
    func isIdle(at now: Milliseconds) -> Bool {
        guard case .reading = phase, framing.isAtStart else { return false }
        guard hasServed || acceptedAt + server.spans.drainGrace < now else { return false }
        return !hasMoreInput
    }

    /// When a connection that waits for its next request is going to be closed; `never` for all others.
    var endOfIdling: Milliseconds {
        guard case .reading = phase, hasServed, framing.isAtStart else { return .never }
        return deadline
    }

    /// Whether bytes of another request have arrived, here or in the socket.
    var hasMoreInput: Bool {
        guard surplus.isEmpty, evbuffer_get_length(input) == 0 else { return true }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, CInt(MSG_PEEK) | CInt(MSG_DONTWAIT)) > 0
    }
}
