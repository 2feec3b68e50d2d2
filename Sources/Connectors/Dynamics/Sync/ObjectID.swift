internal import BridgeCore

/// An object id of Entra in 16 bytes: a sync keeps some of 100,000 people.
struct ObjectID: Sendable, Hashable, Comparable {
    private let high: UInt64
    private let low: UInt64

    /// Reads `8-4-4-4-12` digits of either case; `nil` for anything else.
    init?(_ text: String) {
        var (high, low): (UInt64, UInt64) = (0, 0)
        var (place, digits) = (0, 0)
        for byte in text.utf8 {
            defer { place += 1 }
            if [8, 13, 18, 23].contains(place) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard digits < 32, let value = Hex.value(of: byte) else { return nil }
            if digits < 16 { high = high << 4 | UInt64(value) } else { low = low << 4 | UInt64(value) }
            digits += 1
        }
        guard digits == 32 else { return nil }
        (self.high, self.low) = (high, low)
    }

    /// In lower case, as identities have it.
    var guid: GUID { GUID(high: high, low: low) }

    static func < (left: ObjectID, right: ObjectID) -> Bool { (left.high, left.low) < (right.high, right.low) }
}
