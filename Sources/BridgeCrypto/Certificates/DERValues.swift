internal import COpenSSL

/// The DER values that follow one another in a file, as far as each says how long it is.
struct DERValues: Sequence, IteratorProtocol {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    mutating func next() -> ArraySlice<UInt8>? {
        guard let length = rest.withUnsafeBufferPointer({ Self.length(of: $0) }) else { return nil }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }

    /// How long the value at the start says that it is, with its header, whether all of it is there or not.
    static func announcedLength(of bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { header(of: $0) }.map { $0.header + $0.content }
    }

    /// The length of the first value with its header; `nil` where there is no whole one, or one of indefinite length.
    static func length(of buffer: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let header = header(of: buffer), header.content <= buffer.count - header.header else { return nil }
        return header.header + header.content
    }

    /// The lengths of a value's header and content; `nil` for an indefinite length and for what is no header.
    private static func header(of buffer: UnsafeBufferPointer<UInt8>) -> (header: Int, content: Int)? {
        guard let start = buffer.baseAddress else { return nil }
        var (content, length, tag, type): (UnsafePointer<UInt8>?, Int, Int32, Int32) = (start, 0, 0, 0)
        let status = ASN1_get_object(&content, &length, &tag, &type, buffer.count)
        defer { ErrorQueue.clear() }
        // Bit 0: of indefinite length. Bit 7: malformed, or only longer than the buffer, and then moved to the content.
        guard status & 1 == 0, let content, content > start, length >= 0, length <= Int(Int32.max) else { return nil }
        guard status & 0x80 == 0 || content - start + length > buffer.count else { return nil }
        return (content - start, length)
    }
}
