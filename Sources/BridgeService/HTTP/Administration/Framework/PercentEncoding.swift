internal import BridgeCore

/// Percent-encoding of URLs (RFC 3986 §2.1).
enum PercentEncoding {
    /// The text that `bytes` stand for; `nil` for half an escape and for what is not UTF-8 then. `+` is a plus sign.
    static func decode(_ bytes: some Collection<UInt8>) -> String? {
        var decoded: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(Hex.value), let low = iterator.next().flatMap(Hex.value) else {
                return nil
            }
            decoded.append(high << 4 | low)
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
