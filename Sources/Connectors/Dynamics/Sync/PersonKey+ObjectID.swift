internal import BridgeCore

extension PersonKey {
    /// Reads an object id of Entra, `8-4-4-4-12` digits of either case; `nil` for anything else.
    init?(objectID text: String) {
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
        self.init(high: high, low: low)
    }

    /// In lower case, as identities have it.
    var objectID: GUID { GUID(high: high, low: low) }
}
