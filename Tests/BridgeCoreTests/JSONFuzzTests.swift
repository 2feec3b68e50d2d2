import BridgeCore
import BridgeTesting
import FoundationEssentials
import Testing

@Suite("Damaged JSON")
struct JSONFuzzTests {
    /// Where a stricter reader may disagree with a lenient one.
    private static let stricter: Set<JSONError.Kind> = [.duplicateMember, .loneSurrogate, .tooDeep, .numberOutOfRange]

    private static let seeds = [
        #"{"iss":"acme-test","sub":"ann@example.com","aud":["https://cobrowse.io"],"iat":1799999990,"exp":1.8e9}"#,
        #"{"a":[null,true,false,-0,0.5,1e3,"é張😀","\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t"],"b":{"a":{"a":[[],{}]}}}"#,
        #" [ { "a" : 1 , "b" : [ ] } , "c" , 12345678901234567890 , -1.5E+10 , { } ] "#,
    ]

    private static let alphabet = Array("{}[]:,\"\\ \t\ntrufalsen0123456789.eE+-\u{0}\u{7F}é😀".utf8)

    @Test("never traps, and is accepted only where another reader accepts it too")
    func agrees() {
        var random = SeededGenerator(seed: 8259)
        var (accepted, refused) = (0, 0)
        for round in 0..<6000 {
            var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
            for _ in 0...random.below(3) { Mutation.apply(to: &bytes, alphabet: Self.alphabet, using: &random) }
            let errors = JSONSample(bytes).errors
            #expect(errors[0] == errors[1], "the tree and the walk disagree about \(bytes)")
            let isAcceptedElsewhere = (try? JSONDecoder().decode(AnyJSON.self, from: Data(bytes))) != nil
            if let error = errors[0] {
                refused += 1
                #expect(!isAcceptedElsewhere || isStricter(error, in: bytes), "\(error) in \(bytes)")
            } else {
                accepted += 1
                #expect(isAcceptedElsewhere || hasZeroWithExponent(bytes), "only we accept \(bytes)")
            }
        }
        #expect(accepted > 500)
        #expect(refused > 500)
    }

    /// Foundation also takes a comma before a closing bracket, which RFC 8259 §4 and §5 do not.
    private func isStricter(_ error: JSONError, in bytes: [UInt8]) -> Bool {
        if Self.stricter.contains(error.kind) { return true }
        guard error.kind == .unexpectedCharacter, error.offset < bytes.count else { return false }
        let before = bytes[..<error.offset].last { !" \t\r\n".utf8.contains($0) }
        return "]}".utf8.contains(bytes[error.offset]) && before == UInt8(ascii: ",")
    }

    /// Foundation refuses `0e3`, which RFC 8259 §6 allows.
    private func hasZeroWithExponent(_ bytes: [UInt8]) -> Bool {
        bytes.contains("0e".utf8) || bytes.contains("0E".utf8)
    }

    @Test("never traps a walk that goes by what it expects")
    func typedWalk() {
        var random = SeededGenerator(seed: 7159)
        for round in 0..<20_000 {
            var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
            for _ in 0...random.below(4) { Mutation.apply(to: &bytes, using: &random) }
            let lower = random.below(bytes.count + 1)
            var reader = JSONReader(bytes.span, in: lower..<max(lower, random.below(bytes.count + 1)))
            var names = JSONMemberNames()
            do throws(JSONError) {
                switch round % 6 {
                case 0: _ = try reader.string()
                case 1: _ = try reader.number()
                case 2: _ = try reader.bool()
                case 3: try reader.null()
                case 4:
                    try reader.beginObject()
                    while try reader.nextMember(&names) != nil { _ = try reader.skipValue() }
                default:
                    try reader.beginArray()
                    _ = try reader.nextElement(isFirst: true)
                }
            } catch {
                if error.offset > bytes.count { Issue.record("an error behind the text: \(error)") }
            }
        }
    }
}

/// Any JSON value, decoded in full by the other reader.
private enum AnyJSON: Decodable {
    case leaf
    case array([AnyJSON])
    case object([String: AnyJSON])

    init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: AnyKey.self) {
            var object: [String: AnyJSON] = [:]
            for key in members.allKeys { object[key.stringValue] = try members.decode(AnyJSON.self, forKey: key) }
            self = .object(object)
        } else if var elements = try? decoder.unkeyedContainer() {
            var array: [AnyJSON] = []
            while !elements.isAtEnd { array.append(try elements.decode(AnyJSON.self)) }
            self = .array(array)
        } else {
            let value = try decoder.singleValueContainer()
            self = .leaf
            if value.decodeNil() { return }
            if (try? value.decode(Bool.self)) != nil { return }
            if (try? value.decode(String.self)) != nil { return }
            _ = try value.decode(Double.self)
        }
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
