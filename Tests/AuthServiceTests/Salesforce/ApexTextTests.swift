import AuthService
import BridgeCore
import Testing

/// What can be told of Apex without its compiler, which runs in Salesforce alone.
@Suite("The generated Apex")
struct ApexTextTests {
    private static let hostile = [
        #"'; System.debug(UserInfo.getSessionId()); String x = '"#, #"\"#, #"\'"#, "*/ }", "a\u{2028}b", "Équipe 🦊",
        "${x}", "{!$Api.Session_ID}", "\u{202E}txt",
    ]

    private static func token(
        license: String = "trial12345", certificate: String = "CobrowseIO", className: String = "CobrowseToken",
        lifetime: Int64 = 900, names: [String] = []
    ) throws -> ApexToken {
        ApexToken(
            license: try #require(License(license)), certificate: try #require(ApexName(certificate: certificate)),
            className: try #require(ApexName(class: className)), lifetime: lifetime, namedByRules: names)
    }

    @Test("is whole: brackets, literals and comments end, lines fit, all is ASCII")
    func whole() throws {
        for token in [
            try Self.token(), try Self.token(license: String(repeating: "L", count: 64), names: Self.hostile),
        ] {
            let texts = token.files.map(\.content) + [token.pasteableText]
            for text in texts {
                #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })
                #expect(text.hasSuffix("\n") && !text.contains("\n\n\n"))
            }
            for file in token.files where file.name.hasSuffix(".cls") {
                #expect(throws: Never.self) { try ApexLexer.pieces(of: file.content) }
            }
            let lines = try Self.token().files.flatMap { $0.content.split(separator: "\n") }
            #expect(lines.allSatisfy { $0.count <= 120 && $0.last != " " })
            #expect(lines.count > 250)
        }
    }

    @Test("pasted as one text is the two classes and a comment")
    func pasteable() throws {
        let token = try Self.token()
        let apart = try token.files.filter { $0.name.hasSuffix(".cls") }.flatMap {
            try ApexLexer.pieces(of: $0.content)
        }
        #expect(try ApexLexer.pieces(of: token.pasteableText) == apart)
    }

    @Test("keeps names of rules inside literals, whatever they are")
    func injection() throws {
        let plain = try Self.pieces(names: Self.hostile.indices.map { "name \($0)" })
        let hostile = try Self.pieces(names: Self.hostile)
        #expect(plain.count == hostile.count)
        let differences = zip(plain, hostile).filter { $0 != $1 }
        #expect(differences.map(\.1) == Self.hostile.map { .text($0.lowercased()) })
    }

    private static func pieces(names: [String]) throws -> [ApexPiece] {
        try ApexLexer.pieces(of: try #require(try token(names: names).files.first).content)
    }

    @Test("declares no name that is a reserved word")
    func reserved() throws {
        var declared = 0
        for file in try Self.token().files where file.name.hasSuffix(".cls") {
            let pieces = try ApexLexer.pieces(of: file.content)
            for (place, name) in pieces.enumerated().dropFirst().dropLast() {
                // A type, a name and a sign: the name is declared.
                guard case .word(let name) = name, Self.endsType(pieces[place - 1]),
                    ["=", ";", ":", "(", ")", ",", "{"].contains(pieces[place + 1].source)
                else { continue }
                declared += 1
                #expect(!ApexWords.reserved.contains(name.lowercased()), "\(name)")
            }
        }
        #expect(declared > 80)
    }

    private static let keywords: Set<String> = [
        "private", "public", "static", "final", "class", "with", "return", "new", "throw", "insert", "in", "select",
        "from", "where", "as", "try",
    ]

    /// Whether a name that is declared may follow: after a type, which is no keyword.
    private static func endsType(_ piece: ApexPiece) -> Bool {
        switch piece {
        case .word(let word): word.first?.isUppercase == true && !keywords.contains(word.lowercased())
        default: piece == .sign(">")
        }
    }

    @Test("says in its files what it was made with")
    func parameters() throws {
        let token = try Self.token(
            license: "other.1", certificate: "My_Cert", className: "Bridge", lifetime: 60, names: ["Cobrowse.io Agent"])
        #expect(
            token.files.map(\.name) == [
                "Bridge.cls", "Bridge.cls-meta.xml", "BridgeTest.cls", "BridgeTest.cls-meta.xml",
            ])
        let source = try ApexSource(token)
        #expect(try source.constant("LICENSE") == "other.1")
        #expect(try source.constant("CERTIFICATE") == "My_Cert")
        #expect(try source.constant("LIFETIME_SECONDS") == "60")
        #expect(token.files[0].content.contains("'cobrowse.io agent'"))
        #expect(token.files[2].content.contains("new Bridge().getToken()"))
        #expect(token.steps.contains { $0.contains("cert import My_Cert.crt --license other.1") })
    }

    @Test(
        "takes names as Salesforce does",
        arguments: [
            ("CobrowseIO", true), ("a", true), ("A_1_b", true), ("", false), ("1a", false), ("_a", false),
            ("a_", false), ("a__b", false), ("a-b", false), ("a b", false), ("a'b", false), ("é", false),
            ("a\n", false),
            ("a;b", false), (String(repeating: "a", count: 80), true), (String(repeating: "a", count: 81), false),
        ])
    func names(_ name: String, isName: Bool) {
        #expect((ApexName(certificate: name) != nil) == isName)
    }

    @Test(
        "is not called what it uses itself",
        arguments: ["System", "JSON", "userinfo", "Auth", "Class", "String", "User", "Test", "global"])
    func taken(_ name: String) {
        #expect(ApexName(class: name) == nil)
        #expect(ApexName(class: "\(name)X") != nil)
    }

    @Test("takes names of rules that have no control characters")
    func ruleNames() {
        for name in Self.hostile { #expect(ApexToken.isNameInRules(name)) }
        for name in ["", "a\nb", "\u{0}", "\u{85}", String(repeating: "a", count: 256)] {
            #expect(!ApexToken.isNameInRules(name))
        }
    }
}
