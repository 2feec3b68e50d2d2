import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

/// Builds the token of a row, in the order that the README of the table gives.
struct AttackToken {
    private let row: AttackRow
    private let operation: String
    private let argument: String
    private var header: [UInt8]
    private var payload: [UInt8]

    /// The token of `row`.
    static func build(_ row: AttackRow, of table: AttackTable) throws -> [UInt8] {
        let stored = table.forged["tokens"]?[row.name] ?? row.value["token"]
        if let token = stored?.stringValue { return Array(token.utf8) }
        var token = try AttackToken(row)
        return try token.build()
    }

    private init(_ row: AttackRow) throws {
        self.row = row
        let mutation = row.value["mutate"]?.stringValue ?? ""
        let parts = mutation.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        (operation, argument) = (String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : "")
        header = try Self.bytes(row, "header")
        payload = try Self.bytes(row, "payload")
    }

    private static func bytes(_ row: AttackRow, _ member: String) throws -> [UInt8] {
        if let text = row.value[member]?.stringValue { return Array(text.utf8) }
        let digits = try #require(row.value["\(member)Hex"]?.stringValue?.utf8.map { Hex.value(of: $0) ?? 0 })
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private mutating func build() throws -> [UInt8] {
        if operation == "grow" { try grow(to: try #require(Int(argument))) }
        var parts = [Base64URL.encode(header), Base64URL.encode(payload)]
        if operation == "raw-payload" { parts[1] = String(decoding: payload, as: UTF8.self) }
        if let place = ["header", "payload"].firstIndex(of: argument) { parts[place] = try changed(parts[place]) }
        parts.append(Base64URL.encode(try signature(over: parts.joined(separator: "."))))
        if argument == "signature" { parts[2] = try changed(parts[2]) }
        return Array(try finished(parts).utf8)
    }

    private func signature(over input: String) throws -> [UInt8] {
        switch try #require(row.value["signature"]?.stringValue) {
        case "rs256": return try TokenMaker(.cobrowse).signature(over: Array(input.utf8))
        case "other-key": return try TokenMaker(.other).signature(over: Array(input.utf8))
        case "empty": return []
        case "zeros": return [UInt8](repeating: 0, count: 256)
        case "zeros-64": return [UInt8](repeating: 0, count: 64)
        case "garbage": return (0..<256).map { UInt8(7 * $0 % 251) }
        case let other: throw MissingFixture(name: "signature \(other) in forged.json")
        }
    }

    /// Spaces behind the payload, and where no number of them fits, one or two behind the header first.
    private mutating func grow(to size: Int) throws {
        let signature = Base64URL.encode([UInt8](repeating: 0, count: 256)).utf8.count
        let original = header
        for spaces in 0...2 {
            header = original + [UInt8](repeating: 0x20, count: spaces)
            let rest = size - signature - 2 - Base64URL.encode(header).utf8.count
            guard let count = Base64URL.decodedCount(ofCharacters: rest), count >= payload.count else { continue }
            payload += [UInt8](repeating: 0x20, count: count - payload.count)
            return
        }
        throw MissingFixture(name: "payload that makes the token \(size) characters long")
    }

    /// One of the operations on an encoded part.
    private func changed(_ part: String) throws -> String {
        switch operation {
        case "pad": return part + String(repeating: "=", count: (4 - part.utf8.count % 4) % 4)
        case "newline": return part.prefix(4) + "\n" + part.dropFirst(4)
        case "nul": return part.prefix(4) + "\0" + part.dropFirst(4)
        case "standard-alphabet": return part.replacing("-", with: "+").replacing("_", with: "/")
        case "lengthen":
            var longer = part + "A"
            while longer.utf8.count % 4 != 1 { longer += "A" }
            return longer
        case "flip":
            var bytes = try #require(Base64URL.decode(part.utf8))
            bytes[bytes.count - 1] ^= 1
            return Base64URL.encode(bytes)
        case "non-canonical":
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
            let last = try #require(part.last.flatMap { alphabet.firstIndex(of: $0) })
            return part.dropLast() + String(alphabet[last | 1])
        default: throw MissingFixture(name: "operation \(operation)")
        }
    }

    /// The operations on the finished token; those on a part have been applied already.
    private func finished(_ parts: [String]) throws -> String {
        let token = parts.joined(separator: ".")
        switch operation {
        case "", "grow", "raw-payload": return token
        case _ where ["header", "payload", "signature"].contains(argument): return token
        case "swap-header": return [try swapped, parts[1], parts[2]].joined(separator: ".")
        case "swap-payload": return [parts[0], try swapped, parts[2]].joined(separator: ".")
        case "keep": return parts.prefix(try #require(Int(argument))).joined(separator: ".")
        case "append": return token + argument
        case "prepend": return argument + token
        case "repeat": return try repeated
        case "append-repeat": return token + (try repeated)
        case "percent-dots": return parts.joined(separator: "%2E")
        case "full-width-dots": return parts.joined(separator: "\u{FF0E}")
        case "flattened-json":
            return #"{"payload":"\#(parts[1])","protected":"\#(parts[0])","signature":"\#(parts[2])"}"#
        case "general-json":
            return #"{"payload":"\#(parts[1])","signatures":[{"protected":"\#(parts[0])","signature":"\#(parts[2])"}]}"#
        case "python-jwt-polyglot":
            return #"{"  \#(parts[0]).\#(try swapped).":"","protected":"\#(parts[0])","payload":"\#(parts[1])","#
                + #""signature":"\#(parts[2])"}"#
        default: throw MissingFixture(name: "operation \(operation)")
        }
    }

    private var swapped: String {
        get throws { Base64URL.encode(Array(try #require(row.value["swapped"]?.stringValue).utf8)) }
    }

    /// The argument `C:N`: the character C, N times.
    private var repeated: String {
        get throws {
            let character = try #require(argument.first)
            return String(repeating: character, count: try #require(Int(argument.dropFirst(2))))
        }
    }
}
