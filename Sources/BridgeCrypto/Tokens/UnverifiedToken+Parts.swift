internal import BridgeCore
internal import Glibc

extension UnverifiedToken {
    /// Where the three parts of a compact JWS lie, encoded and decoded (RFC 7515 §7.1).
    struct Parts: Sendable {
        private let firstDot: Int
        private let secondDot: Int
        private let end: Int
        /// The decoded header within the storage.
        let header: Range<Int>
        /// The decoded payload within the storage.
        let payload: Range<Int>
        /// The decoded signature within the storage.
        let signature: Range<Int>

        /// The encoded header and payload with the dot between them: what is signed.
        var signingInput: Range<Int> { 0..<secondDot }
        var storageSize: Int { signature.upperBound }

        /// Finds the dots and computes the sizes; allocates nothing.
        init(_ compact: borrowing Span<UInt8>) throws(TokenRefusal) {
            guard let first = Self.dot(in: compact, from: 0), let second = Self.dot(in: compact, from: first + 1) else {
                throw .malformed(.token, .tooFewDots)
            }
            guard Self.dot(in: compact, from: second + 1) == nil else { throw .malformed(.token, .tooManyDots) }
            (firstDot, secondDot, end) = (first, second, compact.count)
            header = try Self.decoded(.header, characters: firstDot, at: end)
            payload = try Self.decoded(.payload, characters: secondDot - firstDot - 1, at: header.upperBound)
            signature = try Self.decoded(.signature, characters: end - secondDot - 1, at: payload.upperBound)
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

        /// Which parts are canonical base64url.
        struct Validity {
            var header = false
            var payload = false
            var signature = false

            var firstInvalid: TokenRefusal.Part? {
                if !header { .header } else if !payload { .payload } else if !signature { .signature } else { nil }
            }
        }

        /// Fills a storage of `storageSize` bytes: the compact serialization, then the decoded parts.
        func decode(_ compact: borrowing Span<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Validity {
            // Whatever stays undecoded has to be initialized all the same.
            buffer[end...].update(repeating: 0)
            compact.withUnsafeBufferPointer { source in
                _ = UnsafeMutableBufferPointer(rebasing: buffer[..<end]).update(fromContentsOf: source)
            }
            return Validity(
                header: decode(compact, 0..<firstDot, into: buffer, header),
                payload: decode(compact, firstDot + 1..<secondDot, into: buffer, payload),
                signature: decode(compact, secondDot + 1..<end, into: buffer, signature))
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
