/// An e-mail address as an account is found by it.
///
/// Trimmed and lower-cased as a whole: Cobrowse and both CRMs compare addresses without regard to case. No dots are
/// removed and nothing after a plus sign is: those are different mailboxes for many providers.
package struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address in its compared form.
    package let value: String

    /// Takes an address of at most 254 bytes with one `@`, something on both sides and a domain of labels.
    ///
    /// - Returns: `nil` where a part is empty, or where control, bidirectional, zero-width or white-space characters
    ///   stand in it, or an accent apart from its letter: two addresses that look alike must not be two people. Nor
    ///   may two be one: letters that lower-casing turns into ASCII (the Kelvin sign, a dotted capital I) are refused.
    package init?(_ text: String) {
        let trimmed = Self.trimmed(text)
        guard trimmed.unicodeScalars.allSatisfy(Self.isAllowed) else { return nil }
        let lowered = trimmed.lowercased()
        guard (3...254).contains(lowered.utf8.count), Self.hasMailboxForm(lowered.utf8) else { return nil }
        value = lowered
    }

    package var description: String { value }

    /// Spaces in front and behind are typing errors; a string without them is returned as it is.
    private static func trimmed(_ text: String) -> Substring {
        let space = UInt8(ascii: " ")
        let bytes = text.utf8
        let start = bytes.firstIndex { $0 != space } ?? bytes.endIndex
        var end = bytes.endIndex
        while end > start, bytes[bytes.index(before: end)] == space { end = bytes.index(before: end) }
        return text[start..<end]
    }

    /// One `@` with something in front, and behind it labels that are not empty and neither begin nor end with `-`.
    private static func hasMailboxForm(_ bytes: String.UTF8View) -> Bool {
        let (at, point, hyphen) = (UInt8(ascii: "@"), UInt8(ascii: "."), UInt8(ascii: "-"))
        guard bytes.first != at else { return false }
        var isInDomain = false
        var before = point  // within the domain: a label begins
        for byte in bytes {
            if byte == at {
                guard !isInDomain else { return false }
                isInDomain = true
                before = point
                continue
            }
            if isInDomain, byte == point, before == point || before == hyphen { return false }
            if isInDomain, byte == hyphen, before == point { return false }
            before = byte
        }
        return isInDomain && before != point && before != hyphen
    }

    /// Marks above, below or through a letter, for which there are whole letters; vowels of other scripts are not.
    private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.canonicalCombiningClass.rawValue >= 200
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "@", ".", "-", "_", "+": return true
        case "\"", "(", ")", ",", ":", ";", "<", ">", "[", "\\", "]": return false
        default: break
        }
        if scalar.isASCII { return (0x21...0x7E).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned,
            .privateUse:
            return false
        default:
            return !scalar.properties.isDefaultIgnorableCodePoint && !isAccent(scalar)
                && scalar.properties.lowercaseMapping.utf8.allSatisfy { $0 >= 0x80 }
        }
    }
}
