internal import BridgeCore
internal import BridgeService
internal import EventLoop
internal import HTTPClient
internal import HTTPMessage

/// Browsers that sign in, on one event loop: from the service to the vendor, and back to where a sign-in ends.
struct SignInLoad: Sendable {
    static let license = "trial12345"

    private let client: HTTPClient
    private let loop: EventLoop
    /// Where sign-ins begin; where they come back to lies below.
    private let start: String

    /// - Parameter service: its URL, without a slash at the end.
    init(_ service: String, _ system: SignInSystem) throws {
        start = "\(service)/api/1/\(system)/auth"
        loop = try EventLoop(name: "browsers")
        var configuration = HTTPClient.Configuration(userAgent: "cobrowse-sso-bench", clock: SystemClock())
        configuration.allowsInsecureLoopback = true
        configuration.maximumRequests = 4_096
        client = try HTTPClient(configuration, on: loop)
    }

    func stop() async {
        await client.close()
        loop.stop()
    }

    /// Signs the people of these numbers in, `concurrency` at once.
    ///
    /// - Throws: `wrong` for the first who does not get in.
    func signIn(_ people: [Int], concurrency: Int) async throws {
        try await withTaskExecutorPreference(loop) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                var waiting = people.makeIterator()
                for _ in 0..<concurrency {
                    if let number = waiting.next() { group.addTask { try await signIn(number) } }
                }
                while try await group.next() != nil {
                    if let number = waiting.next() { group.addTask { try await signIn(number) } }
                }
            }
        }
    }

    private func signIn(_ number: Int) async throws {
        let begun = try await get("\(start)?license=\(Self.license)")
        guard let location = begun["Location"], let cookie = begun["Set-Cookie"]?.split(separator: ";").first else {
            throw BenchError.wrong("a sign-in does not begin: \(begun.status.rawValue)")
        }
        let digits = String(number)
        let name = "person" + String(repeating: "0", count: 6 - digits.count) + digits
        let back = try await get("\(location)&simulator_person=\(name)")
        guard let query = back["Location"]?.split(separator: "?", maxSplits: 1).last else {
            throw BenchError.wrong("the vendor does not send \(name) back: \(back.status.rawValue)")
        }
        let landing = try await get("\(start)/callback?\(query)", cookie: String(cookie))
        guard landing.status.rawValue == 302, landing["Location"]?.contains("code=") == true else {
            let text = String(decoding: landing.body.prefix(300), as: UTF8.self)
            throw BenchError.wrong("\(name) does not get in: \(landing.status.rawValue) \(text)")
        }
    }

    private func get(_ text: String, cookie: String? = nil) async throws -> IncomingResponse {
        guard let url = RequestURL(text) else { throw BenchError.wrong("no URL: \(text)") }
        var request = OutgoingRequest(.get, url, to: HostRule(only: url.origin))
        request.timeLimit = .seconds(60)
        if let cookie, let name = HTTPFieldName("Cookie") {
            request.fields = [HTTPField(name, HTTPFieldValue(replacingIllegalIn: cookie))]
        }
        return try await client.send(request)
    }
}

extension IncomingResponse {
    fileprivate subscript(name: String) -> String? { HTTPFieldName(name).flatMap { fields[$0]?.text } }
}
