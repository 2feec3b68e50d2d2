import HTTPMessage
import Testing

@testable import HTTPClient

@Suite("A response that comes in pieces")
struct ResponseCollectorTests {
    private var collector = ResponseCollector(bodyLimit: 10)

    private mutating func take(_ line: String) -> Bool {
        let bytes = Array(line.utf8)
        return collector.take(line: bytes.span)
    }

    private mutating func take(body: String) -> Bool {
        Array(body.utf8).withUnsafeBytes { collector.take(body: $0) }
    }

    /// `#expect` takes no call that mutates.
    private func check(_ isSo: Bool, at place: SourceLocation = #_sourceLocation) {
        #expect(isSo, sourceLocation: place)
    }

    @Test mutating func `has the fields behind the last status line`() {
        for line in [
            "HTTP/1.1 103 Early Hints\r\n", "Link: </a>\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "A:b\r\n", "a: \t c \r\n",
            "no colon\r\n", "bad name: x\r\n", "D: e: f\r\n", "G:\r\n", "\r\n",
        ] {
            check(take(line))
        }
        #expect(collector.fields.list.map { "\($0.name.text)=\($0.value.text)" } == ["A=b", "a=c", "D=e: f", "G="])
    }

    @Test mutating func `may have a body up to the limit`() {
        check(take(body: "01234"))
        check(take(body: "56789"))
        #expect(collector.excess == nil)
        check(!take(body: "x"))
        #expect(collector.excess == .body)
        #expect(collector.body.count == 10)
    }

    @Test mutating func `may have so many fields, and so many interim responses`() {
        check(take("HTTP/1.1 200 OK\r\n"))
        for number in 0..<ResponseCollector.fieldLimit { check(take("X-\(number): 1\r\n")) }
        check(!take("X: 1\r\n"))
        #expect(collector.excess == .head)
        var flooded = ResponseCollector(bodyLimit: 10)
        let line = Array("HTTP/1.1 100 Continue\r\n".utf8)
        var count = 0
        while flooded.take(line: line.span) { count += 1 }
        #expect(count == ResponseCollector.headLimit / line.count)
    }

    @Test mutating func `takes no field of a trailer for one of the head`() {
        check(take("HTTP/1.1 200 OK\r\n"))
        check(take(body: "x"))
        check(take("Retry-After: 1\r\n"))
        #expect(collector.fields.list.isEmpty)
    }
}
