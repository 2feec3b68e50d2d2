/// A number as every interoperable reader sees it (RFC 8259 §6): exact whole numbers below 2⁵³, else a `Double`.
public enum JSONNumber: Sendable, Hashable {
    /// A whole number with a magnitude below 2⁵³.
    case integer(Int64)
    /// Anything else, always finite; also whole numbers that were written with a point or an exponent.
    case fraction(Double)

    /// Whether a character can only belong to a number that has not ended yet.
    @usableFromInline
    static func continues(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
