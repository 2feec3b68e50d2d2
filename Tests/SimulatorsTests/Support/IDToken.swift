import BridgeCore
import BridgeTesting
import HTTPMessage

/// An ID token taken apart; nobody has verified it.
struct IDToken {
    let header: JSONValue
    let claims: JSONValue
    let signature: [UInt8]
    let signedText: [UInt8]

    /// Takes that of a token endpoint's answer.
    init(_ answer: HTTPResponse) throws {
        let text = try (answer.json["id_token"]?.stringValue).unwrapped("id_token in \(answer.text)")
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        header = try JSONValue(parsing: try Base64URL.decode(parts[0].utf8).unwrapped("header"))
        claims = try JSONValue(parsing: try Base64URL.decode(parts[1].utf8).unwrapped("claims"))
        signature = parts.count > 2 ? try Base64URL.decode(parts[2].utf8).unwrapped("signature") : []
        signedText = Array("\(parts[0]).\(parts[1])".utf8)
    }
}
