import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

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
