import BridgeCore
import Testing

@testable import BridgeService

@Suite("A setting as it counts")
struct EffectiveSettingTests {
    private static func settings() throws -> [String: EffectiveSetting] {
        let configuration = try Configuration.read(
            file: (
                "bridge.conf",
                "# c\nlog__level=debug\ndynamics__client_secret=geheim\n"
                    + "dynamics__client_id=72f988bf-86f1-41af-91ab-2d7cd011db47\n"
            ),
            environment: [
                "log__format": "text", "salesforce__client_secret_file": "/run/secret", "salesforce__client_id": "k",
            ],
            flags: [("listen", "127.0.0.1:1", "--listen")], readFile: { _ in "verschwiegen" })
        return Dictionary(uniqueKeysWithValues: configuration.settings.map { ($0.name, $0) })
    }

    @Test("says where it comes from")
    func origins() throws {
        let settings = try Self.settings()
        #expect(settings.count == Setting.all.count)
        #expect(settings["listen"]?.origin.place == "--listen")
        #expect(settings["log__level"]?.origin.place == "bridge.conf:2")
        #expect(settings["log__format"]?.origin.place == "environment log__format")
        #expect(settings["data_dir"]?.origin.place == "default")
        #expect(settings["data_dir"]?.shownText == "./data")
        #expect(settings["salesforce__client_secret"]?.origin.place == "environment salesforce__client_secret_file")
        #expect(settings["salesforce__client_secret"]?.file == "/run/secret")
    }

    @Test("shows no secret, however it is asked")
    func secrets() throws {
        for setting in try Self.settings().values {
            var dumped = ""
            dump(setting, to: &dumped)
            for text in [setting.shownText, "\(setting)", String(reflecting: setting), dumped] {
                #expect(!text.contains("geheim") && !text.contains("verschwiegen"))
            }
        }
        #expect(try Self.settings()["dynamics__client_secret"]?.shownText == "***")
        #expect(try Self.settings()["database__url"]?.shownText == "")
    }

    @Test("that a service cannot change while it runs is one of these")
    func fixed() {
        let fixed = Setting.all.map(\.name).filter { !Setting.canChangeWhileRunning($0) }
        #expect(fixed == ["listen", "data_dir", "database__url", "master_key_file"])
    }

    @Test("counts as changed when its value is another, not when another source says the same")
    func changes() throws {
        let before = try Configuration.read(file: ("f", "log__level=debug\nlog__format=json\n"))
        let after = try Configuration.read(environment: ["log__level": "debug", "sync__interval": "5s"])
        #expect(before.changes(to: after) == ["sync__interval"])
    }
}
