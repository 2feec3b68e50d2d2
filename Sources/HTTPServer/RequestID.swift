import BridgeCore

/// Makes request ids: a random prefix of the loop and a counter.
struct RequestIDs {
    private let prefix = Hex.encode((0..<6).map { _ in UInt8.random(in: .min ... .max) })
    private var counter: UInt64 = 0

    mutating func next() -> String {
        counter += 1
        return "\(prefix)-\(String(counter, radix: 16))"
    }
}

/// The rule for ids that clients bring along.
enum RequestID {
    /// The id, if it is safe to write into logs, headers and pages.
    static func acceptable(_ bytes: Span<UInt8>) -> String? {
        guard (1...64).contains(bytes.count) else { return nil }
        for index in bytes.indices where !isSafe(bytes[index]) { return nil }
        return bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~+/=:".utf8.contains(byte)
        }
    }
}
