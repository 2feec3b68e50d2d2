internal import BridgeCore

/// A password as Java's keystores hash it: UTF-16, big-endian, without an end mark.
struct JavaPassword: ~Copyable {
    private let bytes: WipedBytes

    /// - Throws: `password_wrong` for bytes that are not UTF-8.
    init(_ secret: Secret, source: String) throws(CryptoError) {
        bytes = try secret.withBytes { span throws(CryptoError) in
            guard let text = try? UTF8Span(validating: span) else {
                throw CryptoError(
                    .passwordWrong, "the password for \(source) is not UTF-8 text", hint: "save its file as UTF-8")
            }
            return Self.bigEndian(text)
        }
    }

    /// A SHA-1 that has taken in the password.
    func hasher() throws(CryptoError) -> SHA1Hasher {
        let hasher = try SHA1Hasher()
        try bytes.withBytes { raw throws(CryptoError) in try hasher.update(raw) }
        return hasher
    }

    private static func bigEndian(_ text: borrowing UTF8Span) -> WipedBytes {
        var count = 0
        var counter = text.makeUnicodeScalarIterator()
        while let scalar = counter.next() { count += 2 * UTF16.width(scalar) }
        var bytes = WipedBytes(count: count)
        var scalars = text.makeUnicodeScalarIterator()
        bytes.withMutableBytes { buffer in
            var index = 0
            while let scalar = scalars.next() {
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                    buffer[index] = UInt8(unit >> 8)
                    buffer[index + 1] = UInt8(truncatingIfNeeded: unit)
                    index += 2
                }
            }
        }
        return bytes
    }
}
