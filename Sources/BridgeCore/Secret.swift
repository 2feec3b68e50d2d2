/// Bytes that must not be seen: a passphrase, a client secret, a private key in transit.
///
/// Printing, interpolating or reflecting a secret shows `<secret>`; the only way to the bytes is `withBytes`.
public struct Secret: Sendable {
    private let bytes: [UInt8]

    /// Keeps `bytes` as they are.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Keeps a passphrase as read from a file or a prompt: one line end at the end is not part of it.
    public init(lineOf bytes: [UInt8]) {
        var line = bytes[...]
        if line.last == UInt8(ascii: "\n") { line.removeLast() }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        self.bytes = Array(line)
    }

    /// Whether there is nothing to keep.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Lends the bytes for as long as `body` runs.
    public func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes.span)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<secret>" }
    public var debugDescription: String { "<secret>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
