import HTTPMessage
import HTTPServer
import Testing

/// A stream of bytes and the status it is refused with, or how many requests pass.
struct FramingVector: CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let status: UInt16?
    let requests: Int

    init(_ name: String, _ text: String, refused status: UInt16) {
        self.init(name, bytes: wire(text), refused: status)
    }

    init(_ name: String, bytes: [UInt8], refused status: UInt16) {
        self.name = name
        self.bytes = bytes
        self.status = status
        self.requests = 0
    }

    init(_ name: String, _ text: String, passes requests: Int = 1) {
        self.name = name
        self.bytes = wire(text)
        self.status = nil
        self.requests = requests
    }

    var testDescription: String { name }
}

@Suite struct RequestFramingTests {
    @Test("refuses", arguments: FramingVector.refused)
    func refuses(vector: FramingVector) {
        let verdict = FramingVerdict(of: [vector.bytes])
        #expect(verdict.refusal?.rawValue == vector.status)
        #expect(verdict.requests.isEmpty)
    }

    @Test("passes", arguments: FramingVector.passed)
    func passes(vector: FramingVector) {
        let verdict = FramingVerdict(of: [vector.bytes])
        #expect(verdict.refusal == nil)
        #expect(!verdict.isUnfinished)
        #expect(verdict.requests.count == vector.requests)
        #expect(verdict.requests.map(\.length).reduce(0, +) == vector.bytes.count)
    }

    @Test("says the same wherever the bytes are split in two", arguments: FramingVector.refused + FramingVector.passed)
    func splits(vector: FramingVector) {
        guard vector.bytes.count < 2000 else { return }
        let whole = FramingVerdict(of: [vector.bytes])
        for index in 1..<vector.bytes.count {
            let split = FramingVerdict(of: [Array(vector.bytes[..<index]), Array(vector.bytes[index...])])
            #expect(split == whole, "split at \(index)")
        }
    }

    @Test("says the same when the bytes come one by one", arguments: FramingVector.refused + FramingVector.passed)
    func drips(vector: FramingVector) {
        #expect(FramingVerdict(of: vector.bytes.map { [$0] }) == FramingVerdict(of: [vector.bytes]))
    }

    @Test func `says the same of mutated requests however they are split`() {
        var random = SplitMix(state: 20_261_120)
        var refused = 0
        var passed = 0
        for round in 0..<20_000 {
            var bytes = FramingVector.seeds[round % FramingVector.seeds.count]
            for _ in 0...Int.random(in: 0..<3, using: &random) { random.mutate(&bytes) }
            let whole = FramingVerdict(of: [bytes])
            #expect(FramingVerdict(of: random.split(bytes)) == whole, "\(String(decoding: bytes, as: UTF8.self))")
            if whole.refusal == nil { passed += 1 } else { refused += 1 }
        }
        #expect(refused > 2000)
        #expect(passed > 1000)
    }

    @Test func `keeps nothing of a long body and decodes a chunked one`() throws {
        var framing = RequestFraming(limits: .init())
        let bytes = wire(
            "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5;a=b\nhello\n6 ; c\n world\n0\nX: y\n\n")
        #expect(try framing.advance(bytes.span) == bytes.count)
        #expect(framing.chunkedBody == Array("hello world".utf8))
        #expect(framing.bodyLength == 11)
    }

    @Test func `takes a body of exactly the limit and refuses one byte more`() {
        let head = "POST / HTTP/1.1\nHost: a\nContent-Length: "
        let largest = wire(head + "65536\n\n") + [UInt8](repeating: 0, count: 65536)
        #expect(FramingVerdict(of: [largest]).requests == [.init(length: largest.count, bodyLength: 65536)])
        #expect(FramingVerdict(of: [wire(head + "65537\n\n")]).refusal == .contentTooLarge)
        let chunked = wire("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n")
        let chunk = wire("8000\n") + [UInt8](repeating: 0, count: 32768) + wire("\n")
        #expect(FramingVerdict(of: [chunked, chunk, chunk, wire("0\n\n")]).requests.map(\.bodyLength) == [65536])
        #expect(FramingVerdict(of: [chunked, chunk, chunk, wire("1\n")]).refusal == .contentTooLarge)
    }

    @Test func `takes a head of exactly the limit and refuses one byte more`() {
        let line = "GET / HTTP/1.1\nHost: a\n"
        func head(of size: Int) -> [UInt8] {
            let first = wire(line + "A: ") + [UInt8](repeating: UInt8(ascii: "a"), count: 8000) + wire("\nB: ")
            return first + [UInt8](repeating: UInt8(ascii: "b"), count: size - first.count - 4) + wire("\n\n")
        }
        #expect(FramingVerdict(of: [head(of: 16384)]).requests.map(\.length) == [16384])
        #expect(FramingVerdict(of: [head(of: 16385)]).refusal == .fieldsTooLarge)
        // Also when its end never comes.
        #expect(FramingVerdict(of: [Array(head(of: 20000).prefix(16400))]).refusal == .fieldsTooLarge)
    }

    @Test func `takes a request line of exactly the limit and refuses one byte more`() {
        func request(line size: Int) -> [UInt8] {
            wire("GET /") + [UInt8](repeating: UInt8(ascii: "a"), count: size - 14) + wire(" HTTP/1.1\nHost: a\n\n")
        }
        #expect(FramingVerdict(of: [request(line: 8192)]).refusal == nil)
        #expect(FramingVerdict(of: [request(line: 8193)]).refusal == .targetTooLong)
        #expect(FramingVerdict(of: [Array(request(line: 9000).prefix(8200))]).refusal == .targetTooLong)
    }

    @Test(
        "hears the last request announced",
        arguments: [
            ("close", true), ("Close", true), ("keep-alive, close", true), ("x,\tclose ,y", true),
            ("keep-alive", false), ("closed", false), ("", false),
        ]
    )
    func connection(value: String, closes: Bool) throws {
        var framing = RequestFraming(limits: .init())
        _ = try framing.advance(wire("GET / HTTP/1.1\nHost: a\nConnection: \(value)\n\n").span)
        #expect(framing.head.closes == closes)
    }

    @Test func `knows who waits for 100 Continue`() throws {
        func expects(_ text: String) throws -> Bool {
            var framing = RequestFraming(limits: .init())
            _ = try framing.advance(wire(text).span)
            return framing.head.expectsContinue
        }
        let fields = "Host: a\nExpect: 100-Continue\n"
        #expect(try expects("POST / HTTP/1.1\n\(fields)Content-Length: 1\n\n"))
        #expect(try expects("POST / HTTP/1.1\n\(fields)Transfer-Encoding: chunked\n\n"))
        #expect(try !expects("POST / HTTP/1.1\n\(fields)Content-Length: 0\n\n"))
        #expect(try !expects("POST / HTTP/1.0\n\(fields)Content-Length: 1\n\n"))
    }
}
