internal import CEvent
import EventLoop
import Glibc
import HTTPMessage

// Answering what evhttp hands over.
extension Connection {
    /// evhttp has read a whole request.
    func handle(_ request: OpaquePointer) {
        self.request = request
        switch phase {
        case .passed:
            guard let method = framing.head.method, isAsFramed(request) else { fallthrough }
            respond(to: request, method: method)
        case .refusing, .reading, .answering, .writing, .lingering, .closed:
            // Without a refusal evhttp has seen a request where the framing saw none.
            sendRefusal(refusal ?? .malformed("the request is ambiguous"))
        }
    }

    /// Whether evhttp took the bytes for the request that the framing took them for.
    private func isAsFramed(_ request: OpaquePointer) -> Bool {
        evbuffer_get_length(input) == unscanned
            && evbuffer_get_length(evhttp_request_get_input_buffer(request)) == framing.bodyLength
    }

    private func respond(to request: OpaquePointer, method: HTTPMethod) {
        guard let responder = server.responder else {
            return sendRefusal(Refusal(.serviceUnavailable, "the server is closing"))
        }
        switch responder.respond(to: HTTPRequestView(request, of: self, method: method)) {
        case .now(let response):
            send(response)
        case .later(let work):
            phase = .answering
            deadline = .now + server.spans.answer
            answerNumber += 1
            Task(executorPreference: server.loop) { [self, answerNumber] in
                let response = await work()
                server.loop.run { [self] in deliver(response, answerNumber) }
            }
        }
    }

    private func deliver(_ response: HTTPResponse, _ number: Int) {
        // The connection may be gone by now; evhttp's request then is, too. Or the time was up, and this is another.
        if case .answering = phase, number == answerNumber { send(response) }
    }

    /// The responder has not answered in time.
    func giveUpAnswering() {
        send(rendered(Refusal(.serviceUnavailable, "the answer took too long")))
    }

    private func send(_ response: HTTPResponse) {
        guard let request else { return }
        let fields = evhttp_request_get_output_headers(request)
        add(response.fields, to: fields)
        if framing.head.isAbsolute {
            // evhttp takes it for a proxy's, closes, and removes one Connection field.
            for _ in 0..<2 { evhttp_add_header(fields, "Connection", "close") }
        } else if framing.head.closes || server.isDraining && !hasMoreInput {
            evhttp_add_header(fields, "Connection", "close")
        }
        server.date.text.withCString { _ = evhttp_add_header(fields, "Date", $0) }
        addBody(of: response, to: request)
        let context = Unmanaged.passUnretained(self).toOpaque()  // evhttp calls it before the connection can be closed
        evhttp_request_set_on_complete_cb(
            request,
            { _, context in
                guard let context else { return }
                Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().nextRequest()
            }, context)
        reply(response.status)
        if !isSecure { server.writeSoon(self) }
    }

    /// Hands the request back to evhttp for good.
    private func reply(_ status: HTTPStatus) {
        guard let request else { return }
        self.request = nil
        phase = .writing
        deadline = .now + server.spans.response
        evhttp_send_reply(request, CInt(status.rawValue), Self.text(status.reason), nil)
    }

    private func addBody(of response: HTTPResponse, to request: OpaquePointer) {
        guard !response.status.forbidsBody else { return }
        let fields = evhttp_request_get_output_headers(request)
        if !response.body.isEmpty, evhttp_find_header(fields, "Content-Type") == nil {
            evhttp_add_header(fields, "Content-Type", "application/octet-stream")
        }
        if framing.head.method == .head {
            evhttp_add_header(fields, "Content-Length", String(response.body.count))
        } else {
            evbuffer_add(evhttp_request_get_output_buffer(request), response.body, response.body.count)
        }
    }

    /// Writes the response before the next wait instead of after it, which saves two changes of the poll set a request.
    ///
    /// What the socket does not take, and every error, is left to the write event that evhttp has asked for.
    func writeThrough() {
        guard case .writing = phase else { return }  // closed meanwhile
        let output = bufferevent_get_output(bufferEvent)
        evbuffer_unfreeze(output, 1)
        evbuffer_write(output, descriptor)
        evbuffer_freeze(output, 1)
        guard evbuffer_get_length(output) == 0 else { return }
        // evhttp's write callback ends the request; the connection may be closed by it.
        bufferevent_trigger(bufferEvent, Int16(EV_WRITE), 0)
    }

    private func add(_ fields: HTTPFields, to list: UnsafeMutablePointer<evkeyvalq>?) {
        for field in fields.list where !Self.isOurs(field.name) {
            // Without copies: a String as an argument would be copied into an array first.
            field.name.text.withCString { name in
                field.value.text.withCString { value in _ = evhttp_add_header(list, name, value) }
            }
        }
    }

    /// Whether a field is for the server alone to set: it says where the response ends.
    private static func isOurs(_ name: HTTPFieldName) -> Bool {
        switch name.text.utf8.count {
        case 4: name == .date
        case 14: name == .contentLength
        case 17: name == .transferEncoding
        default: false
        }
    }

    static func text(_ text: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}

// Refusals.
extension Connection {
    /// Answers the stand-in; the connection ends when the client has stopped sending, or after a while.
    private func sendRefusal(_ refusal: Refusal) {
        guard let request else { return }
        let response = rendered(refusal)
        let fields = evhttp_request_get_output_headers(request)
        add(response.fields, to: fields)
        evhttp_add_header(fields, "Connection", "close")
        // evhttp takes no body for a HEAD, and would never say that it was written.
        if evhttp_request_get_command(request) == EVHTTP_REQ_HEAD { return reply(response.status) }
        phase = .lingering
        deadline = .now + server.spans.response
        evbuffer_drain(input, evbuffer_get_length(input))
        evhttp_add_header(fields, "Content-Length", String(response.body.count))
        // As the beginning of a longer response: with the whole of it evhttp would close as soon as it is written,
        // and bytes of the client's that nobody has read would make the kernel take the refusal back (RST).
        evhttp_send_reply_start(request, CInt(response.status.rawValue), Self.text(response.status.reason))
        sendBody(response.body, of: request)
    }

    /// The response to a refused request; after a 503 the client is asked to come again.
    private func rendered(_ refusal: Refusal) -> HTTPResponse {
        var response = server.configuration.renderRefusal(refusal)
        if response.status == .serviceUnavailable, response.fields[.retryAfter] == nil {
            response.fields[.retryAfter] = "1"
        }
        return response
    }

    private func sendBody(_ body: [UInt8], of request: OpaquePointer) {
        guard !body.isEmpty, let buffer = evbuffer_new() else { return finishLingering() }
        defer { evbuffer_free(buffer) }
        evbuffer_add(buffer, body, body.count)
        let context = Unmanaged.passUnretained(self).toOpaque()  // evhttp calls it while the connection lives
        evhttp_send_reply_chunk_with_cb(
            request, buffer,
            { _, context in
                guard let context else { return }
                Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().refusalWritten()
            }, context)
    }

    private func refusalWritten() {
        deadline = .now + server.spans.linger
        if isSecure { sayGoodbye() }
        shutdown(descriptor, CInt(SHUT_WR))
    }

    /// Ends the response that `sendRefusal` began, and with it the connection.
    func finishLingering() {
        guard let request else { return close() }
        self.request = nil
        evhttp_send_reply_end(request)
    }
}
