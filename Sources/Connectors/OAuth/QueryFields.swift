internal import BridgeCore

/// The fields of a query as browsers send them on (`application/x-www-form-urlencoded`): `+` is a space.
struct QueryFields {
    /// `nil` for a name that stands there twice, or whose value cannot be decoded.
    private var values: [String: String?] = [:]

    init(_ query: String) {
        for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(halves[0]) else { continue }
            let value = halves.count == 2 ? Self.decode(halves[1]) : ""
            values[name] = values[name] == nil ? .some(value) : .some(nil)
        }
    }

    /// Whether the name stands there, however often and with whatever value.
    func contains(_ name: String) -> Bool { values[name] != nil }

    /// The value of a name that stands there once; `nil` also where it is empty.
    subscript(name: String) -> String? {
        guard let value = values[name] ?? nil, !value.isEmpty else { return nil }
        return value
    }

    /// `nil` for half an escape and for what is not UTF-8 then.
    private static func decode(_ bytes: Substring.UTF8View) -> String? {
        var decoded: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(Hex.value), let low = iterator.next().flatMap(Hex.value) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
