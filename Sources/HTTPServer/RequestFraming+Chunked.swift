import BridgeCore

// The chunked transfer coding (RFC 9112 §7.1).
extension RequestFraming {
    /// `1*HEXDIG`, then perhaps extensions, which are ignored.
    mutating func parseChunkLine(_ line: Span<UInt8>) throws(Refusal) {
        var size = 0
        var index = 0
        while index < line.count, let digit = Hex.value(of: line[index]) {
            // Beyond the limit the exact number does not matter, and it must not overflow.
            size = min(size << 4 | Int(digit), limits.body + 1)
            index += 1
        }
        guard index > 0, index <= 16 else { throw .malformed("a chunk does not begin with its size") }
        try checkExtension(line.extracting(index...))
        guard chunkedBody.count + size <= limits.body else { throw bodyTooLarge }
        phase = size == 0 ? .trailer : .chunkData(remaining: size)
    }

    mutating func takeChunkData(_ data: Span<UInt8>, of remaining: Int) {
        data.withUnsafeBufferPointer { chunkedBody.append(contentsOf: $0) }
        phase = data.count == remaining ? .chunkEnd : .chunkData(remaining: remaining - data.count)
    }

    private mutating func checkExtension(_ text: Span<UInt8>) throws(Refusal) {
        guard !text.isEmpty else { return }
        let trimmed = Self.trim(text)
        guard !trimmed.isEmpty, trimmed[0] == UInt8(ascii: ";") else {
            throw .malformed("a chunk does not begin with its size")
        }
        for index in text.indices {
            let byte = text[index]
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
                throw .malformed("a chunk extension holds a control character")
            }
        }
        extensionBytes += text.count
        guard extensionBytes <= limits.chunkExtensions else { throw .malformed("the chunk extensions are too long") }
    }
}
