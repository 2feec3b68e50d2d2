/// Reads the target of a request line (RFC 9112 §3.2) that the framing has let through.
enum RequestTarget {
    /// Where path and query begin in an absolute target, `http://host/path`; `nil` when it is none.
    ///
    /// Equal to the length of the target where no path follows the host.
    static func originStart(ofAbsolute target: Span<UInt8>) -> Int? {
        guard let start = authorityStart(target) else { return nil }
        var index = start
        while index < target.count, isAuthority(target[index]) { index += 1 }
        guard index > start, index == target.count || target[index] == slash || target[index] == questionMark else {
            return nil
        }
        return index
    }

    /// Whether `byte` may stand in `host [":" port]`; user information is not served.
    static func isAuthority(_ byte: UInt8) -> Bool {
        guard byte < 0x80 else { return false }
        // Letters, digits and -._~!$&'()*+,;=%:[], by the scheme of `HTTPToken`.
        let bits: UInt64 = byte < 0x40 ? 0x2FFF_7FF2_0000_0000 : 0x47FF_FFFE_AFFF_FFFE
        return (bits >> UInt64(byte & 0x3F)) & 1 == 1
    }

    private static func authorityStart(_ target: Span<UInt8>) -> Int? {
        if target.count > 7, RequestFraming.matches(target.extracting(..<7), "http://") { return 7 }
        if target.count > 8, RequestFraming.matches(target.extracting(..<8), "https://") { return 8 }
        return nil
    }

    private static let slash = UInt8(ascii: "/")
    private static let questionMark = UInt8(ascii: "?")
}
