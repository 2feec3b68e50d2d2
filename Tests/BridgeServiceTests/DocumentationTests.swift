import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

@testable import AuthService
@testable import BridgeService

@Suite("The documentation")
struct DocumentationTests {
    private static func lines(of path: String) throws -> [String] {
        String(decoding: try RepositoryFile(path).bytes(), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("of the settings is a table of all of them, with form, default and meaning")
    func settings() throws {
        let rows = try Self.lines(of: "Docs/Configuration.md").filter { $0.hasPrefix("| `") }
        let expected = Setting.all.map { setting in
            let text = setting.defaultText.isEmpty ? "" : "`\(setting.defaultText)`"
            return "| `\(setting.name)` | \(Self.form(of: setting.kind)) | \(text) | \(setting.summary) |"
        }
        #expect(rows == expected)
    }

    @Test("of the reason codes has one heading for each, in the section of its category")
    func reasonCodes() throws {
        var section = ""
        var headings: [String] = []
        for line in try Self.lines(of: "Docs/ReasonCodes.md") {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            if line.hasPrefix("### ") { headings.append("\(section): \(line.dropFirst(4))") }
        }
        #expect(headings == ReasonCode.allCases.map { "\(Self.section(of: $0.category)): \($0.rawValue)" })
    }

    @Test("of the routes has an example of each")
    func routes() throws {
        let text = try Self.lines(of: "Docs/HTTP.md").filter { $0.hasPrefix("### ") }.joined(separator: "\n")
        for spec in Route.specs + OperationTable.all.operations.map(\.spec) {
            let heading = "\(spec.method.rawValue) \(spec.path.text)"
            #expect(text.contains(heading), "\(heading)")
        }
    }

    @Test("has every fact of a person in its table, and numbers that the code has")
    func facts() throws {
        let text = try Self.lines(of: "Docs/TenantDocument.md").joined(separator: "\n")
        let facts = try #require(text.split(separator: "### Facts").last?.split(separator: "\n### ").first)
        let tables = facts.split(separator: "| `dynamics` | |")
        try #require(tables.count == 2)
        let salesforce = SalesforceFacts.memberNames + SalesforceFacts.Component.memberNames
        for (table, names) in [(tables[0], salesforce), (tables[1], DynamicsFacts.memberNames)] {
            for name in names { #expect(table.contains("`\(name)`"), "\(name)") }
        }
        let codes = try Self.lines(of: "Docs/ReasonCodes.md").joined(separator: "\n")
        for limit in [KeyImport.largestCount, Revocation.largestCount] {
            #expect(codes.contains("(\(Self.grouped(limit)))"), "\(limit)")
        }
    }

    /// 10,000.
    private static func grouped(_ number: Int) -> String {
        number < 1000 ? "\(number)" : grouped(number / 1000) + ",\(String(number % 1000 + 1000).dropFirst())"
    }

    @Test("leads from the README to every page, and nowhere to a page that is not there")
    func links() throws {
        let folders = ["", "Docs/", "Docs/Salesforce/", "Docs/Dynamics/"]
        let pages = try folders.flatMap { folder in
            try RepositoryFile.names(in: folder.isEmpty ? "." : String(folder.dropLast()))
                .filter { $0.hasSuffix(".md") }.map { folder + $0 }
        }
        try #require(pages.count > 30)
        for page in pages {
            let folder = page.split(separator: "/").dropLast().map(String.init)
            for target in try Self.targets(in: page) {
                let path = Self.path(target, from: folder)
                guard path.hasSuffix(".md") else { continue }
                #expect(pages.contains(path) || path.hasPrefix("Docs/ADR/"), "\(page): \(target)")
            }
        }
        let known = try Set(Self.targets(in: "README.md"))
        for page in pages where page.hasPrefix("Docs/") { #expect(known.contains(page), "\(page)") }
    }

    /// What the page links to, without the place in it.
    private static func targets(in page: String) throws -> [String] {
        try lines(of: page).joined(separator: "\n").split(separator: "](").dropFirst()
            .compactMap { $0.split(separator: ")", omittingEmptySubsequences: false).first }
            .compactMap { $0.split(separator: "#", omittingEmptySubsequences: false).first.map(String.init) }
            .filter { !$0.isEmpty && !$0.contains("://") && !$0.contains(" ") }
    }

    private static func path(_ target: String, from folder: [String]) -> String {
        var parts = folder
        for part in target.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }

    private static func form(of kind: Setting.Kind) -> String {
        switch kind {
        case .text: "text"
        case .secret: "secret"
        case .path: "path"
        case .listenAddress: "HOST:PORT"
        case .url: "https URL"
        case .boolean: "true or false"
        case .duration: "duration"
        case .expressions: "expressions"
        case .networks: "addresses"
        case .origin: "https URL"
        case .hosts: "hosts"
        case .guid: "GUID"
        case .oneOf(let values): values.joined(separator: " or ")
        }
    }

    private static func section(of category: ReasonCode.Category) -> String {
        switch category {
        case .token: "Token"
        case .person: "Person"
        case .connection: "Connection"
        case .input: "Input"
        }
    }
}
