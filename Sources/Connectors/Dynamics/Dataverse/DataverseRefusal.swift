internal import BridgeCore
internal import HTTPMessage

/// An answer that is not 200: status, and what the environment says of it.
struct DataverseRefusal {
    let status: UInt16
    /// `0x80072560`, in lower case; `nil` where there is none.
    let code: String?
    /// What it wrote for people, cleaned and cut.
    let text: String
    /// The privilege that is missing, such as `prvReadRole`; `nil` where none is named.
    let privilege: String?
    /// Whether it came as a page, from the environment's front door or a proxy.
    let isPage: Bool
    /// How long to wait, in seconds.
    let retryAfter: Int64?

    init(_ response: IncomingResponse, _ body: JSONValue?, hiding token: Secret) {
        status = response.status.rawValue
        let error = body?["error"]
        let code = error?["code"]?.stringValue ?? ""
        // What is no code is text: nothing is looked up by it.
        let isCode = code.hasPrefix("0x") && (3...18).contains(code.utf8.count)
        self.code = isCode && code.utf8.dropFirst(2).allSatisfy { Hex.value(of: $0) != nil } ? code.lowercased() : nil
        let message = error?["message"]?.stringValue ?? ""
        text = VendorText.cleaned(message, hiding: [token])
        privilege = Self.privilege(in: message)
        isPage = body == nil && VendorText.isPage(response.body)
        retryAfter = response.fields[.retryAfter].flatMap { Int64($0.text) }.map { min(max($0, 0), 3600) }
    }

    private static func privilege(in message: String) -> String? {
        guard let start = message.firstRange(of: "prv")?.lowerBound else { return nil }
        let name = message[start...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        return (4...64).contains(name.count) ? String(name) : nil
    }

    /// The environment, what it answered, and its own words: for a log, or an administrator.
    func words(_ environment: EnvironmentURL) -> String {
        answer(of: environment) + (text.isEmpty ? "" : ": \(text)")
    }

    /// The environment, and the numbers of its answer.
    func answer(of environment: EnvironmentURL) -> String {
        "\(environment) answered \(status)\(code.map { " \($0)" } ?? "")"
    }

    /// Whether it does not know the function or the query that it was asked: an older version, or one that is changed.
    ///
    /// It is no answer to the question then, and another way to ask may work.
    static func isUnsupported(_ error: ConnectorError) -> Bool {
        error.vendorCode.map { unsupportedCodes.contains($0) } ?? false
    }

    /// The status stands for a code where the environment gives none.
    private static let unsupportedCodes: Set<String> = ["404", "501", "0x80060888", "0x8006088a", "0x80040217"]
}
