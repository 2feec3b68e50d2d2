import BridgeCore
import Glibc

/// Reads the target of a request line (RFC 9112 §3.2) that the framing has let through.
enum RequestTarget {
    /// Where path and query begin in an absolute target, `http://host/path`; `nil` when it is none.
    ///
    /// Equal to the length of the target where no path follows the host.
    static func originStart(ofAbsolute target: Span<UInt8>) -> Int? {
        guard let start = authorityStart(target) else { return nil }
        var index = start
        while index < target.count, target[index] != slash, target[index] != questionMark { index += 1 }
        return isHostAndPort(target.extracting(start..<index)) ? index : nil
    }

    /// Whether `authority` is `host [":" port]` of RFC 3986 §3.2 with a host that is not empty.
    ///
    /// evhttp parses the authority again and answers one it dislikes by itself, so nothing that it refuses may pass.
    private static func isHostAndPort(_ authority: Span<UInt8>) -> Bool {
        guard !authority.isEmpty else { return false }
        let isBracketed = authority[0] == UInt8(ascii: "[")
        let last = isBracketed ? UInt8(ascii: "]") : UInt8(ascii: ":")
        var end = RequestFraming.index(of: last, in: authority)
        if isBracketed { end = end.map { $0 + 1 } }
        guard let hostEnd = isBracketed ? end : end ?? authority.count, hostEnd > 0 else { return false }
        let host = authority.extracting(..<hostEnd)
        guard isBracketed ? isAddress(host.extracting(1..<(hostEnd - 1))) : isName(host) else { return false }
        return hostEnd == authority.count || isPort(authority.extracting(hostEnd...))
    }

    /// Whether `text` is a registered name: letters, digits, `-._~!$&'()*+,;=` and whole percent escapes.
    private static func isName(_ text: Span<UInt8>) -> Bool {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < text.count, isHex(text[index + 1]), isHex(text[index + 2]) else { return false }
                index += 3
            } else {
                guard isAuthority(byte), byte != UInt8(ascii: "["), byte != UInt8(ascii: "]") else { return false }
                index += 1
            }
        }
        return true
    }

    /// Whether `text` is an IPv6 address without a zone; the forms of the future are not served.
    private static func isAddress(_ text: Span<UInt8>) -> Bool {
        guard text.count <= 45 else { return false }
        var characters: [CChar] = []
        for index in text.indices {
            guard isHex(text[index]) || text[index] == colon || text[index] == UInt8(ascii: ".") else { return false }
            characters.append(CChar(text[index]))
        }
        characters.append(0)
        var address = in6_addr()
        return inet_pton(AF_INET6, characters, &address) == 1
    }

    /// Whether `text` is a colon and a port up to 65535; the number may be missing.
    private static func isPort(_ text: Span<UInt8>) -> Bool {
        guard text.count <= 6, text[0] == colon else { return false }
        var port = 0
        for index in 1..<text.count {
            guard RequestFraming.isDigit(text[index]) else { return false }
            port = port * 10 + Int(text[index] - UInt8(ascii: "0"))
        }
        return port <= 65535
    }

    private static func isHex(_ byte: UInt8) -> Bool { Hex.value(of: byte) != nil }

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

    private static let colon = UInt8(ascii: ":")
    private static let slash = UInt8(ascii: "/")
    private static let questionMark = UInt8(ascii: "?")
}
