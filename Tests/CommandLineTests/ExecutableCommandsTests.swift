import BridgeTesting
import Testing

@testable import cobrowse_sso

@Suite("The commands of the executable")
struct ExecutableCommandsTests {
    private static let table = CommandTable.all

    @Test("stand in groups that have commands")
    func groups() {
        #expect(Self.table.commands.count == 67)
        for group in Self.table.groups { #expect(Self.table.commands.contains { $0.path.first == group.word }) }
    }

    @Test("show examples that run them", arguments: CommandTable.all.commands.map(\.path))
    func examples(path: [String]) throws {
        let command = try #require(Self.table.command(matching: path))
        #expect(!command.examples.isEmpty)
        for example in command.examples {
            let request = try CommandParser(table: Self.table).parse(example.split(separator: " ").map(String.init))
            guard case .run(let arguments) = request else {
                Issue.record("\(example) runs nothing")
                continue
            }
            #expect(arguments.command.path == path)
        }
    }

    @Test("have no flag that no page is about")
    func documented() throws {
        let folders = ["Docs", "Docs/Salesforce", "Docs/Dynamics"]
        var text = String(decoding: try RepositoryFile("README.md").bytes(), as: UTF8.self)
        for folder in folders {
            for name in try RepositoryFile.names(in: folder) where name.hasSuffix(".md") {
                text += String(decoding: try RepositoryFile("\(folder)/\(name)").bytes(), as: UTF8.self)
            }
        }
        for command in Self.table.commands {
            for flag in command.flags {
                let isThere = text.contains(flag.name)
                #expect(isThere, "\(command.path) \(flag.name)")
            }
        }
    }

    @Test("take an empty value for no flag", arguments: CommandTable.all.commands.map(\.path))
    func emptyValues(path: [String]) throws {
        let command = try #require(Self.table.command(matching: path))
        for flag in command.flags where flag.value != nil {
            for words in [["\(flag.name)="], [flag.name, ""]] {
                let failure = #expect(throws: CommandFailure.self) {
                    try CommandParser(table: Self.table).parse(path + words)
                }
                #expect(failure?.detail == "\(flag.name) cannot be \"\"")
                #expect(failure?.exitStatus == .usage)
            }
        }
    }

    @Test("can be tried before they change anything")
    func dryRun() {
        let changing = [
            "account change", "account disable", "account enable", "account revoke", "admin token create",
            "admin token revoke", "backup",
            "cert import", "cert remove", "cert replace", "dynamics remove", "dynamics rotate-secret", "dynamics save",
            "dynamics sync", "embed-url",
            "key generate", "key promote", "key retire", "key rotate",
            "keystore create", "keystore export", "migrate", "restore", "revocation add", "rules proposals",
            "salesforce apex", "salesforce remove", "salesforce save", "salesforce sync",
            "tenant apply",
            "tenant create", "tenant remove",
        ]
        let dry = Self.table.commands.filter { $0.flag("--dry-run") != nil }.map(\.name)
        #expect(dry.sorted() == changing)
    }

    @Test("let the store be chosen wherever they use one")
    func store() {
        let others = Self.table.commands.filter { $0.flag("--data") == nil }.map(\.name)
        #expect(
            others.sorted() == [
                "cert pubkey", "cert show", "help", "key generate", "keystore create", "keystore export",
                "keystore list", "salesforce apex", "simulate", "token inspect", "token sign", "version",
            ])
        for command in Self.table.commands {
            #expect((command.flag("--data") == nil) == (command.flag("--database") == nil))
        }
    }
}
