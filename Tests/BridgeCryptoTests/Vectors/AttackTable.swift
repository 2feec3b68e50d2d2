import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

/// `Tests/Vectors/Attacks`, read into values; its README says what each member means.
struct AttackTable: Sendable {
    let document: JSONValue
    let forged: JSONValue
    let now: Timestamp
    let license: String
    let rules: TokenRules
    let rows: [AttackRow]
    private let keySets: [String: TokenKeySet]

    /// Reads both files of the folder.
    init() throws {
        document = try JSONValue(parsing: RepositoryFile("Tests/Vectors/Attacks/attacks.json").bytes())
        forged = try JSONValue(parsing: RepositoryFile("Tests/Vectors/Attacks/forged.json").bytes())
        now = Timestamp(seconds: try #require(document["now"]?.integerValue))
        license = try #require(document["license"]?.stringValue)
        rules = TokenRules(lifetimeCeiling: try #require(document["maximumLifetime"]?.integerValue))
        rows = try #require(document["entries"]?.arrayValue).map(AttackRow.init)
        let sets = try #require(document["trust"]?.objectValue)
        keySets = try Dictionary(uniqueKeysWithValues: sets.map { ($0.name, try Self.keys($0.value)) })
    }

    /// The table; a file that cannot be read fails the test that counts the rows.
    static let shared = Result { try AttackTable() }

    /// The rows, none where the files cannot be read.
    static var rows: [AttackRow] { (try? shared.get().rows) ?? [] }

    /// The trusted keys that a row names.
    func keys(_ row: AttackRow) throws -> TokenKeySet {
        try #require(keySets[row.trust])
    }

    private static func keys(_ set: JSONValue) throws -> TokenKeySet {
        TokenKeySet(
            try #require(set.arrayValue).map { entry in
                let file = RepositoryFile(try #require(entry["file"]?.stringValue))
                return TokenKey(
                    try publicKey(file), declaredKeyID: entry["kid"]?.stringValue,
                    alias: entry["alias"]?.stringValue)
            }, issuer: nil)
    }

    private static func publicKey(_ file: RepositoryFile) throws -> RSAPublicKey {
        let bytes = try file.bytes()
        guard file.path.hasSuffix(".crt") else { return try RSAPublicKey(reading: bytes, source: file.path) }
        return try Certificate(reading: bytes, source: file.path).publicKey()
    }
}

/// One row of the table.
struct AttackRow: Sendable, CustomTestStringConvertible {
    let value: JSONValue
    let name: String
    /// The CVE, RFC or class the row stands for.
    let origin: String
    let trust: String
    let expected: String
    /// Whether no specification names the code, so that refusing is all that is asked.
    let isSilent: Bool

    init(_ value: JSONValue) throws {
        self.value = value
        name = try #require(value["name"]?.stringValue)
        origin = try #require((value["cve"] ?? value["rfc"] ?? value["class"])?.stringValue)
        trust = value["trust"]?.stringValue ?? "default"
        expected = try #require(value["expect"]?.stringValue)
        isSilent = value["silent"]?.boolValue ?? false
    }

    /// The class of attack in words: `alg none`, from the name and what it stands for.
    var testDescription: String { "\(name) (\(origin))" }
}
