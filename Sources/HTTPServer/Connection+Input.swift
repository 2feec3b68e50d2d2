internal import CEvent
import EventLoop
import HTTPMessage

// What arrives.
extension Connection {
    /// `count` bytes have been added to the input buffer, by the socket or by ourselves.
    func inputArrived(_ count: Int) {
        switch phase {
        case .reading: scan()
        case .passed: unscanned += count
        case .lingering: evbuffer_drain(input, evbuffer_get_length(input))
        case .answering, .writing: holdBack()
        case .refusing, .closed: break
        }
    }

    /// While a response is under way evhttp goes on reading; beyond 16 KiB the client has to wait for it.
    ///
    /// A read watermark would do the same, but at a cost for every line that evhttp takes out of the buffer. evhttp
    /// reads again when it turns to the next request.
    private func holdBack() {
        if evbuffer_get_length(input) > 16 * 1024 { bufferevent_disable(bufferEvent, Int16(EV_READ)) }
    }

    /// Looks at everything in the input buffer, which is new and follows what is held.
    func scan() {
        let count = evbuffer_get_length(input)
        guard count > 0 else { return }
        guard let start = evbuffer_pullup(input, -1) else {
            return refuse(Refusal(.internalServerError, "out of memory"))
        }
        if framing.isAtStart { requestBegins() }
        let bytes = UnsafeBufferPointer(start: start, count: count)
        do {
            if let end = try framing.advance(Span(_unsafeElements: bytes)) {
                pass(bytes, end: end)
            } else {
                hold(bytes)
            }
        } catch {
            refuse(error)
        }
    }

    /// The first byte of a request is there.
    private func requestBegins() {
        let now = Milliseconds.now
        hasSentContinue = false
        requestDeadline = now + server.spans.request
        // On a new connection the time for the head has been running since it was accepted.
        if hasServed { deadline = now + server.spans.head }
    }

    /// Lets evhttp have the request, of which `bytes` up to `end` are the last.
    private func pass(_ bytes: UnsafeBufferPointer<UInt8>, end: Int) {
        phase = .passed
        deadline = requestDeadline  // should evhttp want more than the framing does
        if !held.isEmpty || end < bytes.count || framing.head.isChunked || framing.head.hasTabInExpect {
            surplus = Array(bytes[end...])
            keep(bytes[..<end])
            if framing.head.hasTabInExpect { replaceTabs() }
            if framing.head.isChunked { appendCanonicalBody() }
            replaceInput(with: held)
            held = []
        }
        unscanned = 0
    }

    /// Makes the tabs of the held head spaces: evhttp trims no others, and would answer `Expect:\t100-continue` by
    /// itself.
    private func replaceTabs() {
        for index in 0..<min(framing.head.length, held.count) where held[index] == 0x09 { held[index] = 0x20 }
    }

    /// Keeps `bytes` until the request is complete, away from evhttp.
    private func hold(_ bytes: UnsafeBufferPointer<UInt8>) {
        keep(bytes[...])
        evbuffer_drain(input, bytes.count)
        guard framing.isInBody else { return }
        deadline = requestDeadline
        guard framing.head.expectsContinue, !hasSentContinue else { return }
        // From within the end of a response: evhttp is about to switch writing off.
        if isBetweenRequests { server.loop.execute { [self] in sendContinue() } } else { sendContinue() }
    }

    private func keep(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        // The framing has decoded the body of a chunked request; what is needed of the bytes is the head.
        let needed = framing.head.isChunked && framing.head.length > 0 ? framing.head.length - held.count : bytes.count
        held.append(contentsOf: bytes.prefix(needed))
    }

    /// Adds the chunked body in the one form that every reader reads alike: one chunk, no extensions, no trailers.
    private func appendCanonicalBody() {
        let body = framing.chunkedBody
        if !body.isEmpty {
            held.append(contentsOf: String(body.count, radix: 16).utf8)
            held.append(contentsOf: "\r\n".utf8)
            held.append(contentsOf: body)
            held.append(contentsOf: "\r\n".utf8)
        }
        held.append(contentsOf: "0\r\n\r\n".utf8)
    }

    /// Puts `bytes` in the place of whatever is in the input buffer.
    private func replaceInput(with bytes: [UInt8]) {
        evbuffer_drain(input, evbuffer_get_length(input))
        // Prepending is what a buffer event leaves open to others.
        evbuffer_prepend(input, bytes, bytes.count)
    }

    /// The response is written and evhttp is about to wait for the next request.
    func nextRequest() {
        hasServed = true
        requestID = nil
        framing.beginNext()
        deadline = .now + server.spans.idle
        if !surplus.isEmpty {
            evbuffer_prepend(input, surplus, surplus.count)
            surplus = []
        }
        phase = .reading
        isBetweenRequests = true
        scan()
        isBetweenRequests = false
    }
}

// Refusing, and `100 Continue`.
extension Connection {
    /// Has the request answered with `refusal` and everything after it ignored.
    ///
    /// evhttp reads the stand-in when it reads next: in the callback of the input buffer and before the next request
    /// that is at once, from a timer `bufferevent_trigger` has to follow.
    func refuse(_ refusal: Refusal) {
        phase = .refusing
        self.refusal = refusal
        deadline = .now + server.spans.response
        held = []
        surplus = []
        let isHead = framing.head.method == .head
        replaceInput(with: Array((isHead ? "HEAD / HTTP/1.1\r\n\r\n" : "GET / HTTP/1.1\r\n\r\n").utf8))
    }

    /// Sends `100 Continue` ourselves: evhttp, which would do it, has not seen the head yet.
    private func sendContinue() {
        guard case .reading = phase, framing.isInBody, framing.head.expectsContinue, !hasSentContinue else { return }
        hasSentContinue = true
        guard held.count == framing.head.length else { return }  // the body is on its way already
        var read: bufferevent_data_cb?
        var event: bufferevent_event_cb?
        var context: UnsafeMutableRawPointer?
        bufferevent_getcb(bufferEvent, &read, nil, &event, &context)
        // Without the write callback: evhttp would take its call for the end of a response.
        bufferevent_setcb(bufferEvent, read, nil, event, context)
        let line = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
        evbuffer_add(bufferevent_get_output(bufferEvent), line, line.count)
        bufferevent_enable(bufferEvent, Int16(EV_WRITE))
    }
}
