import HTTPServer

private let get = "GET / HTTP/1.1\nHost: a\n"
private let post = "POST / HTTP/1.1\nHost: a\n"
private let chunked = post + "Transfer-Encoding: chunked\n\n"

extension FramingVector {
    static let passed: [FramingVector] =
        [
            FramingVector("a GET", get + "\n"),
            FramingVector("HTTP/1.0 without Host", "GET / HTTP/1.0\n\n"),
            FramingVector("an empty Host", "GET / HTTP/1.1\nHost:\n\n"),
            FramingVector("a Host with port", "GET / HTTP/1.1\nHOST: \t[::1]:8080 \n\n"),
            FramingVector(
                "every method",
                ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
                    .map { "\($0) /a?b=%20 HTTP/1.1\nHost: a\n\n" }.joined(), passes: 7),
            FramingVector("OPTIONS *", "OPTIONS * HTTP/1.1\nHost: a\n\n"),
            FramingVector("the absolute form", "GET http://a.example:80/x?y HTTP/1.1\nHost: a\n\n"),
            FramingVector("the absolute form without a path", "GET HTTPS://a HTTP/1.1\nHost: a\n\n"),
        ]
        + ["a:", "a:65535", "a:00080", "a%2Db", "a_b!$&'()*+,;=~-.", "[::1]", "[::1]:80", "[::ffff:1.2.3.4]"].map {
            FramingVector("the host \($0)", "GET http://\($0)/x HTTP/1.1\nHost: a\n\n")
        } + [
            FramingVector("a body", post + "Content-Length: 5\n\nhello"),
            FramingVector("a body in a GET", get + "Content-Length: 5\n\nhello"),
            FramingVector("leading zeros of Content-Length", post + "Content-Length: 005\n\nhello"),
            FramingVector("an empty body", post + "Content-Length: 0\n\n"),
            FramingVector("Content-Length 0 in a HEAD", "HEAD / HTTP/1.1\nHost: a\nContent-Length: 0\n\n"),
            FramingVector("three pipelined", get + "\n" + post + "Content-Length: 3\n\nGET" + get + "\n", passes: 3),
            FramingVector("a body that looks like a request", post + "Content-Length: 18\n\nGET / HTTP/1.1\n\n"),
            FramingVector("obs-text in a value", get + "X: \u{E4}\n\n"),
            FramingVector("an empty value", get + "X:\n\n"),
            FramingVector("no space before a value", get + "X:y\n\n"),
            FramingVector("odd characters in a name", get + "!#$%&'*+-.^_`|~09azAZ: y\n\n"),
            FramingVector("an expectation", post + "Expect: 100-continue\nContent-Length: 2\n\nab"),
            FramingVector("an unknown expectation in HTTP/1.0", "GET / HTTP/1.0\nExpect: x\n\n"),
            FramingVector("an empty chunked body", chunked + "0\n\n"),
            FramingVector("chunks", chunked + "1\na\n0A\n0123456789\n000\n\n"),
            FramingVector("Transfer-Encoding in capitals", post + "TRANSFER-ENCODING: CHUNKED\n\n0\n\n"),
            FramingVector("chunk extensions", chunked + "1;a\na\n1 ; a=\"b\"\t; c\nb\n0;last\n\n"),
            FramingVector("trailers", chunked + "1\na\n0\nA: b\nContent-Length: 7\n\n"),
            FramingVector("two chunked ones", chunked + "1\na\n0\n\n" + chunked + "0\n\n", passes: 2),
        ]

    static let refused: [FramingVector] = requestLines + authorities + fields + lengths + chunks

    /// What evhttp refuses in its own words, and what it takes but RFC 3986 does not.
    private static let authorities: [FramingVector] = [
        "a:b", "a:99999", "a:65536", "a:0000080", "a:80:80", "a:+1", ":80", ":", "a%zz", "a%4", "a%", "a[b", "a]b",
        "[", "[]", "[::1", "::1]", "[::1]a", "[::1]80", "[::g]", "[a]", "[v1.a]", "[::1%25eth0]", "[[::1]]", "u:p@a",
        "a\\b", "a^b", "a{b", "a\"b",
    ].flatMap { authority in
        ["/", "?a", ""].map {
            FramingVector(
                "the host \(authority)\($0)", "GET http://\(authority)\($0) HTTP/1.1\nHost: a\n\n", refused: 400)
        }
    }

    private static let requestLines: [FramingVector] = [
        FramingVector("an empty line first", "\n" + get + "\n", refused: 400),
        FramingVector(
            "a bare LF after the request line", bytes: Array("GET / HTTP/1.1\nHost: a\r\n\r\n".utf8), refused: 400),
        FramingVector("a bare LF after a field", bytes: Array("GET / HTTP/1.1\r\nHost: a\n\r\n".utf8), refused: 400),
        FramingVector("a bare LF at the end", bytes: Array("GET / HTTP/1.1\r\nHost: a\r\n\n".utf8), refused: 400),
        FramingVector("HTTP/0.9", "GET /\n\n", refused: 400),
        FramingVector("no target", "GET  HTTP/1.1\n\n", refused: 400),
        FramingVector("two spaces", "GET /  HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("a space in front", " GET / HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("a space behind", "GET / HTTP/1.1 \nHost: a\n\n", refused: 400),
        FramingVector("a tab", "GET\t/ HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("a space in the target", "GET /a b HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("NUL in the target", "GET /a\0 HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("a raw letter beyond ASCII in the target", "GET /\u{E4} HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("a fragment", "GET /a#b HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("a target that begins with two slashes", "GET //b/c HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("a target that is no path", "GET a HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("another scheme", "GET ftp://a/ HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("user information", "GET http://u@a/ HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("no host in the absolute form", "GET http:///x HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("GET *", "GET * HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("the authority form", "CONNECT a:443 HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("a method that is no token", "G(T / HTTP/1.1\nHost: a\n\n", refused: 400),
        FramingVector("an unknown method", "BREW / HTTP/1.1\nHost: a\n\n", refused: 501),
        FramingVector("TRACE", "TRACE / HTTP/1.1\nHost: a\n\n", refused: 501),
        FramingVector("a method in lower case", "get / HTTP/1.1\nHost: a\n\n", refused: 501),
        FramingVector("HTTP/1.2", "GET / HTTP/1.2\nHost: a\n\n", refused: 505),
        FramingVector("HTTP/2.0", "PRI * HTTP/2.0\n\nSM\n\n", refused: 505),
        FramingVector("HTTP/3.0", "GET / HTTP/3.0\n\n", refused: 505),
        FramingVector("HTTP/1.10", "GET / HTTP/1.10\nHost: a\n\n", refused: 400),
        FramingVector("HTTP/01.1", "GET / HTTP/01.1\nHost: a\n\n", refused: 400),
        FramingVector("http/1.1", "GET / http/1.1\nHost: a\n\n", refused: 400),
        FramingVector("HTTP/1,1", "GET / HTTP/1,1\nHost: a\n\n", refused: 400),
        FramingVector("a TLS handshake", bytes: [0x16, 0x03, 0x01, 0x02, 0x00, 0x01], refused: 400),
    ]

    private static let fields: [FramingVector] = [
        FramingVector("no Host", "GET / HTTP/1.1\n\n", refused: 400),
        FramingVector("two Hosts", get + "Host: a\n\n", refused: 400),
        FramingVector("two Hosts in HTTP/1.0", "GET / HTTP/1.0\nHost: a\nhost: b\n\n", refused: 400),
        FramingVector("a space in Host", "GET / HTTP/1.1\nHost: a b\n\n", refused: 400),
        FramingVector("a path in Host", "GET / HTTP/1.1\nHost: a/b\n\n", refused: 400),
        FramingVector("user information in Host", "GET / HTTP/1.1\nHost: a@b\n\n", refused: 400),
        FramingVector("obs-fold", get + "X: a\n b\n\n", refused: 400),
        FramingVector("obs-fold with a tab", get + "X: a\n\tb\n\n", refused: 400),
        FramingVector("a space before the first field", "GET / HTTP/1.1\n Host: a\n\n", refused: 400),
        FramingVector("a space before the colon", get + "X : a\n\n", refused: 400),
        FramingVector("a tab before the colon", get + "X\t: a\n\n", refused: 400),
        FramingVector("no colon", get + "X\n\n", refused: 400),
        FramingVector("no name", get + ": a\n\n", refused: 400),
        FramingVector("a name that is no token", get + "X(y): a\n\n", refused: 400),
        FramingVector("a name beyond ASCII", get + "\u{E4}: a\n\n", refused: 400),
        FramingVector("NUL in a value", get + "X: a\0b\n\n", refused: 400),
        FramingVector("NUL in a name", get + "X\0: a\n\n", refused: 400),
        FramingVector("DEL in a value", get + "X: a\u{7F}\n\n", refused: 400),
        FramingVector("a bare CR in a value", get + "X: a\rb\n\n", refused: 400),
        FramingVector("a CR too many", get + "X: a\r\n\n", refused: 400),
        FramingVector("a bare CR between fields", get + "X: a\rY: b\n\n", refused: 400),
        FramingVector("an unknown expectation", get + "Expect: tea\n\n", refused: 417),
        FramingVector("too many fields", get + String(repeating: "a:b\n", count: 100) + "\n", refused: 431),
    ]

    private static let lengths: [FramingVector] = [
        FramingVector("two Content-Length", post + "Content-Length: 1\nContent-Length: 2\n\na", refused: 400),
        FramingVector("two equal Content-Length", post + "Content-Length: 1\ncontent-length: 1\n\na", refused: 400),
        FramingVector("a list of Content-Length", post + "Content-Length: 1, 1\n\na", refused: 400),
        FramingVector("Content-Length with a plus", post + "Content-Length: +1\n\na", refused: 400),
        FramingVector("Content-Length below zero", post + "Content-Length: -1\n\na", refused: 400),
        FramingVector("Content-Length in hexadecimal", post + "Content-Length: 0x1\n\na", refused: 400),
        FramingVector("an empty Content-Length", post + "Content-Length: \n\n", refused: 400),
        FramingVector("Content-Length with a space inside", post + "Content-Length: 1 1\n\n", refused: 400),
        FramingVector(
            "Content-Length that overflows", post + "Content-Length: 18446744073709551617\n\na", refused: 413),
        FramingVector("a body over the limit", post + "Content-Length: 65537\n\n", refused: 413),
        FramingVector(
            "Content-Length, then chunked", post + "Content-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n",
            refused: 400),
        FramingVector(
            "chunked, then Content-Length", post + "Transfer-Encoding: chunked\nContent-Length: 5\n\n0\n\n",
            refused: 400),
        FramingVector(
            "chunked with Content-Length 0", post + "Transfer-Encoding: chunked\nContent-Length: 0\n\n0\n\n",
            refused: 400),
        FramingVector("gzip", post + "Transfer-Encoding: gzip\n\n", refused: 400),
        FramingVector("gzip, chunked", post + "Transfer-Encoding: gzip, chunked\n\n0\n\n", refused: 400),
        FramingVector("chunked, identity", post + "Transfer-Encoding: chunked, identity\n\n0\n\n", refused: 400),
        FramingVector(
            "chunked twice", post + "Transfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n0\n\n", refused: 400),
        FramingVector("xchunked", post + "Transfer-Encoding: xchunked\n\n0\n\n", refused: 400),
        FramingVector("chunked with a parameter", post + "Transfer-Encoding: chunked;a=b\n\n0\n\n", refused: 400),
        FramingVector("an empty Transfer-Encoding", post + "Transfer-Encoding:\n\n", refused: 400),
        FramingVector("identity", post + "Transfer-Encoding: identity\n\n", refused: 400),
        FramingVector("chunked in HTTP/1.0", "POST / HTTP/1.0\nTransfer-Encoding: chunked\n\n0\n\n", refused: 400),
        FramingVector("a HEAD with a body", "HEAD / HTTP/1.1\nHost: a\nContent-Length: 3\n\nGET", refused: 400),
        FramingVector("a chunked HEAD", "HEAD / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n0\n\n", refused: 400),
    ]

    private static let chunks: [FramingVector] = [
        FramingVector("a chunk without a size", chunked + "\n\n", refused: 400),
        FramingVector("a chunk size that is no number", chunked + "x\n", refused: 400),
        FramingVector("a chunk size with 0x", chunked + "0x1\na\n0\n\n", refused: 400),
        FramingVector("a chunk size with a sign", chunked + "+1\na\n0\n\n", refused: 400),
        FramingVector("a space before the chunk size", chunked + " 1\na\n0\n\n", refused: 400),
        FramingVector("a space after the chunk size", chunked + "1 \na\n0\n\n", refused: 400),
        FramingVector("a chunk size of 17 digits", chunked + "00000000000000001\na\n0\n\n", refused: 400),
        FramingVector("a chunk size that overflows", chunked + "FFFFFFFFFFFFFFFF\n", refused: 413),
        FramingVector("a chunk over the limit", chunked + "10001\n", refused: 413),
        FramingVector("a chunk longer than it says", chunked + "1\nab\n0\n\n", refused: 400),
        FramingVector("a chunk shorter than it says", chunked + "3\na\n0\n\n", refused: 400),
        FramingVector(
            "a bare LF after the chunk size", bytes: wire(chunked) + Array("1\na\r\n0\r\n\r\n".utf8), refused: 400),
        FramingVector("a bare LF after a chunk", bytes: wire(chunked) + Array("1\r\na\n0\r\n\r\n".utf8), refused: 400),
        FramingVector("a bare CR after a chunk", chunked + "1\na\r0\n\n", refused: 400),
        FramingVector("a control character in an extension", chunked + "1;\0\na\n0\n\n", refused: 400),
        FramingVector(
            "a long extension", chunked + "1;" + String(repeating: "a", count: 256) + "\na\n0\n\n", refused: 400),
        FramingVector(
            "many extensions",
            chunked + String(repeating: "1;" + String(repeating: "a", count: 200) + "\na\n", count: 21), refused: 400),
        FramingVector("a trailer that is no field", chunked + "0\nabc\n\n", refused: 400),
        FramingVector("obs-fold in trailers", chunked + "0\nA: b\n c\n\n", refused: 400),
        FramingVector(
            "large trailers",
            chunked + "0\n" + String(repeating: "a: \(String(repeating: "b", count: 1000))\n", count: 17),
            refused: 431),
    ]

    /// Whole streams to mutate.
    static let seeds: [[UInt8]] = [
        wire(get + "\n"),
        wire(post + "Content-Length: 5\nConnection: close\n\nhello"),
        wire(chunked + "5;x\nhello\n0\nA: b\n\n" + get + "\n"),
        wire(get + "\n" + post + "Content-Length: 3\nExpect: 100-continue\n\nabc" + get + "Accept: */*\n\n"),
    ]
}

/// A small random generator, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Changes, adds, removes or doubles something.
    mutating func mutate(_ bytes: inout [UInt8]) {
        let interesting = Array("\r\n\0\t :;,/0159AFaf\u{7F}\u{FF}GH".utf8)
        let index = Int.random(in: 0..<bytes.count, using: &self)
        let byte = interesting[Int.random(in: 0..<interesting.count, using: &self)]
        switch Int.random(in: 0..<5, using: &self) {
        case 0: bytes[index] = byte
        case 1: bytes.insert(byte, at: index)
        case 2: bytes.remove(at: index)
        case 3: bytes.append(contentsOf: bytes[index...])
        default: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &self)
        }
        if bytes.isEmpty { bytes = [byte] }
    }

    /// Cuts `bytes` into pieces of random length.
    mutating func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...min(rest.count, 20), using: &self)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }
}
