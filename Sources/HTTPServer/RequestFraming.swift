import HTTPMessage

/// Finds the end of each request in the bytes of one connection, and refuses what is not exactly RFC 9112.
///
/// Fed with every byte in order, in whatever pieces they arrive; the verdict does not depend on the pieces. It is
/// stricter than the RFC where leniency has led to request smuggling: line ends are CRLF, there is no obs-fold, two
/// fields never speak of one length. It keeps no more than one unfinished line and the decoded body of a chunked
/// request.
package struct RequestFraming: ~Copyable {
    /// How large the parts of a request may be, in bytes.
    package struct Limits: Sendable {
        package var requestLine = 8 * 1024
        /// Request line, fields and, in a chunked request, trailers.
        package var head = 16 * 1024
        package var body = 64 * 1024
        package var fields = 100
        /// One line that announces a chunk, extensions included.
        package var chunkLine = 256
        /// What all chunk extensions of a request may add up to.
        package var chunkExtensions = 4 * 1024

        package init() {}
    }

    enum Phase {
        case requestLine
        case field
        case fixedBody(remaining: Int)
        case chunkLine
        case chunkData(remaining: Int)
        case chunkEnd
        case trailer
        case complete
    }

    let limits: Limits
    package internal(set) var head = RequestHead()
    /// The body of a chunked request, without its framing.
    package internal(set) var chunkedBody: [UInt8] = []
    var phase = Phase.requestLine
    var unfinishedLine: [UInt8] = []
    var lineBytes = 0  // of head and trailers so far
    var extensionBytes = 0

    package init(limits: Limits) { self.limits = limits }

    /// Whether no byte of the request has been seen.
    package var isAtStart: Bool {
        if case .requestLine = phase { return lineBytes == 0 && unfinishedLine.isEmpty }
        return false
    }

    /// Whether the head is complete and the body is not.
    package var isInBody: Bool {
        switch phase {
        case .requestLine, .field, .complete: false
        default: true
        }
    }

    /// The bytes of the body without chunk framing, once the request is complete.
    package var bodyLength: Int { head.isChunked ? chunkedBody.count : head.contentLength ?? 0 }

    /// Forgets the request and waits for the first byte of the next one.
    package mutating func beginNext() {
        head = RequestHead()
        if !chunkedBody.isEmpty { chunkedBody = [] }
        phase = .requestLine
        lineBytes = 0
        extensionBytes = 0
    }

    /// Takes the next bytes of the connection.
    ///
    /// - Returns: how many of `bytes` belong to the request, once it is complete; `nil` when it takes all and more.
    /// - Throws: the refusal; nothing may be fed afterwards.
    package mutating func advance(_ bytes: Span<UInt8>) throws(Refusal) -> Int? {
        var position = 0
        while position < bytes.count {
            switch phase {
            case .fixedBody(let remaining):
                position += takeFixedBody(remaining, available: bytes.count - position)
            case .chunkData(let remaining):
                let end = position + min(remaining, bytes.count - position)
                takeChunkData(bytes.extracting(position..<end), of: remaining)
                position = end
            case .requestLine, .field, .chunkLine, .chunkEnd, .trailer:
                position = try takeLine(from: bytes, at: position)
            case .complete:
                return position
            }
        }
        if case .complete = phase { return position }
        return nil
    }

    private mutating func takeFixedBody(_ remaining: Int, available: Int) -> Int {
        let taken = min(remaining, available)
        phase = taken == remaining ? .complete : .fixedBody(remaining: remaining - taken)
        return taken
    }
}

// Lines.
extension RequestFraming {
    /// Takes one line, or what there is of it, and returns the position after it.
    private mutating func takeLine(from bytes: Span<UInt8>, at start: Int) throws(Refusal) -> Int {
        let rest = bytes.extracting(start...)
        guard let lineFeed = Self.index(of: 0x0A, in: rest) else {
            try keep(rest)
            return bytes.count
        }
        if unfinishedLine.isEmpty {
            try take(rest.extracting(...lineFeed))
        } else {
            try keep(rest.extracting(...lineFeed))
            var line: [UInt8] = []
            swap(&line, &unfinishedLine)
            try take(line.span)
        }
        return start + lineFeed + 1
    }

    /// Takes a whole line, whose last byte is LF.
    private mutating func take(_ line: Span<UInt8>) throws(Refusal) {
        try checkSize(of: line.count)
        let end = line.count - 2
        guard end >= 0, line[end] == UInt8(ascii: "\r") else { throw .malformed("a line ends without CR") }
        let text = line.extracting(..<end)
        switch phase {
        case .requestLine:
            lineBytes += line.count
            try parseRequestLine(text)
            phase = .field
        case .field:
            lineBytes += line.count
            if text.isEmpty { try finishHead() } else { try parseField(text) }
        case .trailer:
            lineBytes += line.count
            if text.isEmpty { phase = .complete } else { try parseTrailer(text) }
        case .chunkLine: try parseChunkLine(text)
        case .chunkEnd: phase = .chunkLine  // `checkSize` has seen that the line is empty
        case .fixedBody, .chunkData, .complete: break
        }
    }

    /// Keeps the beginning of a line until the rest is there.
    ///
    /// What can be no line at all, such as the first bytes of a TLS handshake, is refused without waiting for the rest.
    private mutating func keep(_ part: Span<UInt8>) throws(Refusal) {
        try checkSize(of: unfinishedLine.count + part.count)
        for index in part.indices {
            let byte = part[index]
            guard byte >= 0x20 && byte != 0x7F || byte == 0x0D || byte == 0x0A || byte == 0x09 else {
                throw .malformed("a control character")
            }
        }
        part.withUnsafeBufferPointer { unfinishedLine.append(contentsOf: $0) }
        if case .chunkEnd = phase, unfinishedLine.first != UInt8(ascii: "\r") {
            throw .malformed("a chunk is longer than it says")
        }
    }

    private func checkSize(of line: Int) throws(Refusal) {
        switch phase {
        case .requestLine:
            guard line <= limits.requestLine + 2 else {
                throw Refusal(.targetTooLong, "the request line is over \(limits.requestLine) bytes")
            }
        case .field, .trailer:
            guard lineBytes + line <= limits.head else {
                throw Refusal(.fieldsTooLarge, "the header fields are over \(limits.head) bytes")
            }
        case .chunkLine:
            guard line <= limits.chunkLine else { throw .malformed("a chunk extension is too long") }
        case .chunkEnd:
            guard line <= 2 else { throw .malformed("a chunk is longer than it says") }
        case .fixedBody, .chunkData, .complete: break
        }
    }
}
