/// The id of a record: a key prefix that says of what, twelve characters that are told apart by case, and three more that
/// say which of the fifteen are capitals.
enum RecordID {
    /// Key prefixes (Object reference).
    enum Prefix: String, Sendable {
        case organization = "00D"
        case user = "005"
        case profile = "00e"
        case permissionSet = "0PS"
        case assignment = "0Pa"
        case group = "0PG"
        case component = "0PL"
        case access = "0J0"
        case customPermission = "0CP"
        case connectedApplication = "0H4"
        case canvasApplication = "06P"
        case apexClass = "01p"
        case apexPage = "066"
        case userLogin = "0Yw"
        case queryLocator = "01g"
    }

    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    private static let checks = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)

    /// The id that belongs to `name`, the same in every run; it stands before all numbered ones.
    static func named(_ prefix: Prefix, _ name: String) -> String {
        id(prefix, mark: UInt8(ascii: "E"), UInt64(hashOf: name) % 839_299_365_868_340_224)
    }

    /// The id of a generated record; those of higher numbers stand behind it.
    static func numbered(_ prefix: Prefix, _ number: Int) -> String {
        id(prefix, mark: UInt8(ascii: "g"), UInt64(number))
    }

    private static func id(_ prefix: Prefix, mark: UInt8, _ number: UInt64) -> String {
        var characters = Array(prefix.rawValue.utf8) + [UInt8(ascii: "5"), mark] + [UInt8](repeating: 0, count: 10)
        var rest = number
        for place in stride(from: 14, through: 5, by: -1) {
            characters[place] = digits[Int(rest % 62)]
            rest /= 62
        }
        return withChecks(characters)
    }

    /// The number of a generated id with that prefix; `nil` for every other text.
    static func number(_ prefix: Prefix, of id: String) -> Int? {
        let bytes = Array(id.utf8)
        guard bytes.count == 18, id.hasPrefix(prefix.rawValue), bytes[3] == UInt8(ascii: "5"),
            bytes[4] == UInt8(ascii: "g")
        else { return nil }
        var number: UInt64 = 0
        for byte in bytes[5..<15] {
            guard let digit = digits.firstIndex(of: byte) else { return nil }
            number = number * 62 + UInt64(digit)
        }
        return Int(exactly: number)
    }

    /// The 18 characters of an id of 15 or 18; `nil` for what is neither, and for checks that do not fit.
    static func normalized(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count == 15 || bytes.count == 18, bytes.allSatisfy({ digits.contains($0) }) else { return nil }
        let whole = withChecks(Array(bytes.prefix(15)))
        return bytes.count == 15 || whole == text ? whole : nil
    }

    /// Of each five characters one that says which are capitals, the first in the lowest bit.
    private static func withChecks(_ short: [UInt8]) -> String {
        var characters = short
        for group in 0..<3 {
            var bits = 0
            for place in 0..<5 where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(short[group * 5 + place]) {
                bits |= 1 << place
            }
            characters.append(checks[bits])
        }
        return String(decoding: characters, as: UTF8.self)
    }
}

extension UInt64 {
    /// The same number for a name in every run.
    fileprivate init(hashOf name: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        self = hash ^ (hash >> 31)
    }
}
