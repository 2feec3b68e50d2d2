internal import BridgeCore
internal import Glibc

extension CompactJWS {
    /// Where the three parts of a compact JWS lie, encoded and decoded (RFC 7515 §7.1).
    struct Parts: Sendable {
        private let firstDot: Int
        private let secondDot: Int
        let end: Int
        /// The decoded header within the storage.
        let header: Range<Int>
        /// The decoded payload within the storage.
        let payload: Range<Int>
        /// The encoded header and payload with the dot between them: what is signed.
        var signingInput: Range<Int> { 0..<secondDot }
        /// The encoded header.
        var encodedHeader: Range<Int> { 0..<firstDot }
        /// The encoded signature.
        var encodedSignature: Range<Int> { secondDot + 1..<end }
        var storageSize: Int { payload.upperBound }

        /// Finds the dots and computes the sizes; allocates nothing.
        init(_ compact: borrowing Span<UInt8>) throws(TokenRefusal) {
            guard let first = Self.dot(in: compact, from: 0), let second = Self.dot(in: compact, from: first + 1) else {
                throw .malformed(.token, .tooFewDots)
            }
            guard Self.dot(in: compact, from: second + 1) == nil else { throw .malformed(.token, .tooManyDots) }
            (firstDot, secondDot, end) = (first, second, compact.count)
            header = try Self.decoded(.header, characters: firstDot, at: end)
            payload = try Self.decoded(.payload, characters: secondDot - firstDot - 1, at: header.upperBound)
            _ = try Self.decoded(.signature, characters: end - secondDot - 1, at: payload.upperBound)
        }

        private static func dot(in compact: borrowing Span<UInt8>, from start: Int) -> Int? {
            compact.withUnsafeBytes { bytes in
                guard start < bytes.count, let base = bytes.baseAddress,
                    let dot = memchr(base + start, Int32(UInt8(ascii: ".")), bytes.count - start)
                else { return nil }
                return UnsafeRawPointer(dot) - base
            }
        }

        private static func decoded(
            _ part: TokenRefusal.Part, characters: Int, at start: Int
        ) throws(TokenRefusal) -> Range<Int> {
            // An unsecured JWS has an empty signature (RFC 7515 appendix A.5): `alg` and the keys judge it.
            guard characters > 0 || part == .signature else { throw .malformed(part, .empty) }
            guard let count = Base64URL.decodedCount(ofCharacters: characters) else {
                throw .malformed(part, .encoding)
            }
            return start..<start + count
        }

        /// Fills a storage of `storageSize` bytes: the compact serialization, then header and payload decoded.
        ///
        /// - Returns: the first part that is not canonical base64url.
        func decode(
            _ compact: borrowing Span<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>
        ) -> TokenRefusal.Part? {
            compact.withUnsafeBufferPointer { source in
                _ = UnsafeMutableBufferPointer(rebasing: buffer[..<end]).update(fromContentsOf: source)
            }
            let hasHeader = decode(compact, 0..<firstDot, into: buffer, header)
            let hasPayload = decode(compact, firstDot + 1..<secondDot, into: buffer, payload)
            return hasHeader ? hasPayload ? nil : .payload : .header
        }

        private func decode(
            _ compact: borrowing Span<UInt8>, _ characters: Range<Int>,
            into buffer: UnsafeMutableBufferPointer<UInt8>, _ range: Range<Int>
        ) -> Bool {
            var output = OutputSpan(buffer: UnsafeMutableBufferPointer(rebasing: buffer[range]), initializedCount: 0)
            let isValid = Base64URL.decode(compact, characters, into: &output)
            _ = output.finalize(for: UnsafeMutableBufferPointer(rebasing: buffer[range]))
            return isValid
        }
    }
}
