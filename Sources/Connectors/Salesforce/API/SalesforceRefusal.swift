internal import BridgeCore
internal import HTTPMessage

/// An answer of the API that is not 200: status, and what the org says of it.
struct SalesforceRefusal {
    /// The word for a session that has ended, whatever ended it.
    static let sessionEnded = "INVALID_SESSION_ID"
    /// The word for a column that the org does not have, or does not show.
    static let unknownField = "INVALID_FIELD"

    let status: UInt16
    /// `INVALID_TYPE`, in capitals; `nil` where there is none.
    let code: String?
    /// What it wrote for people, cleaned and cut.
    let text: String
    /// Whether it came as a page, from a front door or a proxy.
    let isPage: Bool
    /// How long to wait, in seconds.
    let retryAfter: Int64?

    /// Reads the array `[{"message","errorCode"}]` of the API, the object that the OAuth endpoints answer with, or the one word
    /// that UserInfo does ("Identity URL Response Errors", Salesforce Help).
    init(_ response: IncomingResponse, _ body: JSONValue?, hiding token: Secret) {
        status = response.status.rawValue
        let error = body?.arrayValue?.first ?? body
        let word = error?["errorCode"]?.stringValue ?? error?["error"]?.stringValue ?? Self.word(response.body)
        // What is no code is text: nothing is looked up by it.
        let isCode = (1...64).contains(word.utf8.count) && word.utf8.allSatisfy { Self.isPartOfCode($0) }
        code = isCode ? word.uppercased() : nil
        text = VendorText.cleaned(
            error?["message"]?.stringValue ?? error?["error_description"]?.stringValue ?? "", hiding: [token])
        isPage = body == nil && VendorText.isPage(response.body)
        retryAfter = response.fields[.retryAfter].flatMap { Int64($0.text) }.map { min(max($0, 0), 3600) }
    }

    /// The body, where it is one word.
    private static func word(_ body: [UInt8]) -> String {
        let word = body.prefix(65)
        return word.count < 65 && word.allSatisfy(isPartOfCode) ? String(decoding: word, as: UTF8.self) : ""
    }

    private static func isPartOfCode(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The org, and the numbers of its answer.
    func answer(of instance: WebOrigin) -> String {
        "\(instance) answered \(status)\(code.map { " \($0)" } ?? "")"
    }
}
