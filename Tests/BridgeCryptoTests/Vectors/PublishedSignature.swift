import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

/// A JWS that an RFC prints, with its key.
struct PublishedSignature: Sendable, CustomTestStringConvertible {
    static let rfc7515A2 = PublishedSignature(path: "RFC7515/a2-rs256.json")
    static let rfc7515A5 = PublishedSignature(path: "RFC7515/a5-unsecured.json")
    static let rfc7520Section41 = PublishedSignature(path: "RFC7520/4-1-rsa-v15.json")

    let path: String
    var testDescription: String { path }

    /// The vector as it stands in the file.
    func document() throws -> JSONValue {
        try JSONValue(parsing: RepositoryFile("Tests/Vectors/\(path)").bytes())
    }

    /// The text of a member.
    func text(_ member: String) throws -> String {
        try #require(try document()[member]?.stringValue)
    }

    /// The encoded header and payload with the dot between them.
    func signingInput() throws -> [UInt8] {
        let parts = try text("compact").split(separator: ".", omittingEmptySubsequences: false)
        return Array(parts.dropLast().joined(separator: ".").utf8)
    }
}
