import BridgeCore
import BridgeTesting
import HTTPMessage
import HTTPServer
import Testing

/// The client is OpenSSL's own command.
@Suite(.serialized, .blocking) struct TLSTests {
    let directory: TemporaryDirectory
    let files: HTTPServer.TLS

    init() throws {
        directory = try TemporaryDirectory()
        files = HTTPServer.TLS(
            certificateChainFile: directory.path("certificate.pem"), privateKeyFile: directory.path("key.pem"))
        let made = try Program("openssl").run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-keyout", files.privateKeyFile, "-out", files.certificateChainFile,
        ])
        try #require(made.isSuccess)
    }

    @Test("answers over TLS", arguments: ["-tls1_2", "-tls1_3"])
    func serves(version: String) async throws {
        let server = try TestServer(configure: { $0.tls = files }) { request in
            .now(HTTPResponse(.ok, body: Array("secure \(request.isSecure) \(request.body.count)".utf8)))
        }
        let body = String(repeating: "b", count: 40_000)
        let request =
            "POST / HTTP/1.1\nHost: x\nContent-Length: 40000\n\n\(body)GET / HTTP/1.1\nHost: x\nConnection: close\n\n"
        let output = try connect(to: server.port, version, sending: request)
        #expect(output.contains("secure true 40000"))
        #expect(output.contains("secure true 0"))
        await server.stop()
    }

    @Test func `is as strict as without TLS`() async throws {
        let server = try TestServer(configure: { $0.tls = files })
        let output = try connect(
            to: server.port,
            sending: "GET / HTTP/1.1\nHost: x\n\nPOST / HTTP/1.1\nHost: x\nTransfer-Encoding: gzip, chunked\n\n0\n\n")
        #expect(output.contains("HTTP/1.1 200 OK"))
        #expect(output.contains("HTTP/1.1 400 Bad Request"))
        #expect(!output.lowercased().contains("unexpected eof"))
        await server.stop()
    }

    @Test func `resumes sessions on any loop`() async throws {
        let server = try TestServer(loops: 2, configure: { $0.tls = files })
        let session = directory.path("session")
        let request = "GET / HTTP/1.1\nHost: x\nConnection: close\n\n"
        let first = try connect(to: server.port, "-sess_out", session, sending: request)
        #expect(first.contains("New, TLSv1.3"))
        for _ in 0..<6 {
            let next = try connect(to: server.port, "-sess_in", session, "-sess_out", session, sending: request)
            #expect(next.contains("Reused, TLSv1.3"))
        }
        await server.stop()
    }

    @Test func `selects http 1_1 and refuses old versions`() async throws {
        let server = try TestServer(configure: { $0.tls = files })
        let request = "GET / HTTP/1.1\nHost: x\nConnection: close\n\n"
        #expect(
            try connect(to: server.port, "-alpn", "h2,http/1.1", sending: request).contains("ALPN protocol: http/1.1"))
        #expect(
            try !connect(to: server.port, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0", sending: request).contains(
                "HTTP/1.1 200"))
        await server.stop()
    }

    @Test func `closes on clients that do not finish the handshake`() async throws {
        let server = try TestServer(configure: {
            $0.tls = files
            $0.deadlines.head = .milliseconds(300)
        })
        let client = try server.client()
        client.send([0x16, 0x03, 0x01])
        #expect(try client.isClosed())
        let plain = try server.client()
        plain.send("GET / HTTP/1.1\nHost: x\n\n")
        #expect(try !String(decoding: plain.rest(), as: UTF8.self).contains("HTTP/1.1 200"))
        await server.stop()
    }

    @Test func `says which file it cannot use`() async throws {
        var swapped = files
        swapped.privateKeyFile = files.certificateChainFile
        let key = #expect(throws: HTTPServerError.self) { try TestServer(configure: { $0.tls = swapped }) }
        #expect(key?.code == .configurationInvalid)
        #expect(key?.detail.hasPrefix("\(files.certificateChainFile): no private key") == true)
        swapped.certificateChainFile = directory.path("missing")
        let chain = #expect(throws: HTTPServerError.self) { try TestServer(configure: { $0.tls = swapped }) }
        #expect(chain?.detail.hasPrefix("\(swapped.certificateChainFile): no certificate") == true)
    }

    /// What `openssl s_client` prints when it sends `request` and the server then closes.
    private func connect(to port: UInt16, _ options: String..., sending request: String) throws -> String {
        let arguments = ["s_client", "-connect", "127.0.0.1:\(port)", "-ign_eof"] + options
        return try Program("openssl").run(arguments, input: wire(request)).text
    }
}
