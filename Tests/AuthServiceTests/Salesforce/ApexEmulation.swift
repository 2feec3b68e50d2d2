import AuthService
import BridgeCore
import Testing

/// What a Salesforce org answers to the expressions of the generated class, each as JSON text; `nil` for null.
///
/// Apex itself cannot run here. The keys and the expressions behind them are read out of the class, so a claim that is
/// renamed, dropped, added or computed otherwise has no answer and the test fails.
struct ApexOrg {
    /// What the running user has, as the queries find it.
    var facts: [String: String?] = [
        "emailVerified()": "true", "person.Profile?.Name": #""Standard User""#, "permissionSets(inForce)": "[]",
        "permissionSetGroups(inForce)": "[]", "customPermissions()": "[]",
    ]
    var userType = "Standard"

    /// The JSON that is handed to `Auth.JWS` at `time`.
    func payload(of token: ApexToken, at time: Timestamp) throws -> String {
        let source = try ApexSource(token)
        let lifetime = try #require(Int64(try source.constant("LIFETIME_SECONDS")))
        let values: [String: String?] = [
            "LICENSE": JSONText.quoted(try source.constant("LICENSE")),
            "'https://cobrowse.io'": #""https://cobrowse.io""#,
            "UserInfo.getUserEmail()": #""ann@example.com""#, "UserInfo.getName()": #""Ann Example""#,
            "issuedAt": "\(time.seconds)", "issuedAt+LIFETIME_SECONDS": "\(time.seconds + lifetime)",
            "EncodingUtil.convertToHex(Crypto.generateAesKey(128))": #""000102030405060708090a0b0c0d0e0f""#,
            "facts()": try object("facts", source, userValues),
        ]
        return try object("claims", source, values)
    }

    /// One element of `permissionSets`: what `describe` adds for a set of these values.
    static func described(
        _ token: ApexToken, name: String, label: String, prefix: String? = nil, ends: String? = nil
    ) throws -> String {
        let format = #"expires.formatGmt('yyyy-MM-dd'T'HH:mm:ss'Z'')"#
        return try ApexOrg().object(
            "describe", try ApexSource(token),
            [
                "each.Name": JSONText.quoted(name), "each.Label": JSONText.quoted(label),
                "each.NamespacePrefix": prefix.map(JSONText.quoted), format: ends.map(JSONText.quoted),
            ])
    }

    private var userValues: [String: String?] {
        facts.merging([
            "UserInfo.getOrganizationId()": #""00D8Z000000btHhUAI""#, "UserInfo.getUserId()": #""0058Z000008LMNoQAO""#,
            "person.Username": #""ann@acme.example.sandbox""#, "person.IsActive": "true",
            "person.UserType": JSONText.quoted(userType),
        ]) { known, _ in known }
    }

    private func object(_ method: String, _ source: ApexSource, _ values: [String: String?]) throws -> String {
        let members = try source.members(of: method).compactMap { key, expression -> String? in
            let value = try #require(values[expression], "\(method): nobody knows \(expression)")
            return value.map { "\(JSONText.quoted(key)):\($0)" }
        }
        return "{\(members.joined(separator: ","))}"
    }
}

/// The generated class, taken apart.
struct ApexSource {
    private let pieces: [ApexPiece]

    init(_ token: ApexToken) throws {
        let file = try #require(token.files.first)
        pieces = try ApexLexer.pieces(of: file.content)
    }

    /// The literal that a constant is.
    func constant(_ name: String) throws -> String {
        let place = try #require(pieces.firstRange(of: [.word(name), .sign("=")]), "there is no \(name)")
        switch pieces[place.upperBound] {
        case .text(let text), .number(let text): return text
        case let other: throw ApexLexer.Failure(problem: "\(name) is \(other)")
        }
    }

    /// The keys that a method puts into the map it makes, in order, with the expressions behind them.
    func members(of method: String) throws -> [(key: String, expression: String)] {
        let body = try body(of: method)
        var members: [(key: String, expression: String)] = []
        for place in body.indices {
            guard case .text(let key) = body[place], place > body.startIndex, place + 1 < body.endIndex else {
                continue
            }
            let isEntry = body[place + 1] == .sign("=>")
            let isPut =
                body[place + 1] == .sign(",")
                && (body[place - 1] == .sign(",") || body[place - 2] == .word("put"))
            guard isEntry || isPut else { continue }
            members.append((key, Self.expression(in: body[(place + 2)...])))
        }
        return members
    }

    /// Up to the comma or bracket that ends it.
    private static func expression(in pieces: ArraySlice<ApexPiece>) -> String {
        var depth = 0
        var text = ""
        for piece in pieces {
            if ["(", "{"].contains(piece.source) { depth += 1 }
            if [")", "}"].contains(piece.source) { depth -= 1 }
            if depth < 0 || depth == 0 && piece == .sign(",") { break }
            text += piece.source
        }
        return text
    }

    private func body(of method: String) throws -> [ApexPiece] {
        let start = try #require(
            pieces.indices.first { place in
                pieces[place] == .word(method) && pieces[place + 1] == .sign("(") && Self.isType(pieces[place - 1])
            }, "there is no method \(method)")
        let opener = try #require(pieces[start...].firstIndex(of: .sign("{")))
        var depth = 0
        for place in pieces[opener...].indices {
            if pieces[place] == .sign("{") { depth += 1 }
            if pieces[place] == .sign("}") { depth -= 1 }
            if depth == 0 { return Array(pieces[opener...place]) }
        }
        return []
    }

    /// Before the name of a method stands its type; before a call of it does not.
    private static func isType(_ piece: ApexPiece) -> Bool {
        piece == .sign(">") || piece == .word("void") || piece == .word("Boolean")
    }
}

/// JSON text of the emulation.
enum JSONText {
    static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
