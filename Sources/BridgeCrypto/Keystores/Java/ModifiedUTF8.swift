/// The encoding of text in Java's own files (Java SE API, `java.io.DataInput`): UTF-16 units, each in one to three
/// bytes, and NUL in two.
enum ModifiedUTF8 {
    /// The text; `nil` for bytes that Java would not have written: overlong forms, four-byte forms, half a pair.
    static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count)
        var rest = bytes
        while let first = rest.popFirst() {
            guard let unit = unit(first, &rest) else { return nil }
            units.append(unit)
        }
        return String(validating: units, as: UTF16.self)
    }

    /// The bytes of `text`.
    static func encode(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for unit in text.utf16 {
            switch unit {
            case 0x01...0x7F: bytes.append(UInt8(unit))
            case 0, 0x80...0x7FF: bytes += [0xC0 | UInt8(unit >> 6), continuation(unit)]
            default: bytes += [0xE0 | UInt8(unit >> 12), continuation(unit >> 6), continuation(unit)]
            }
        }
        return bytes
    }

    private static func unit(_ first: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt16? {
        switch first {
        case 0x01...0x7F: return UInt16(first)
        case 0xC0...0xDF:
            guard let second = bits(&rest) else { return nil }
            let unit = UInt16(first & 0x1F) << 6 | second
            return unit >= 0x80 || unit == 0 ? unit : nil
        case 0xE0...0xEF:
            guard let second = bits(&rest), let third = bits(&rest) else { return nil }
            let unit = UInt16(first & 0x0F) << 12 | second << 6 | third
            return unit >= 0x800 ? unit : nil
        default: return nil
        }
    }

    private static func bits(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
        guard let byte = rest.popFirst(), byte & 0xC0 == 0x80 else { return nil }
        return UInt16(byte & 0x3F)
    }

    private static func continuation(_ unit: UInt16) -> UInt8 { 0x80 | UInt8(unit & 0x3F) }
}
