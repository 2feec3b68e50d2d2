import AuthService
import BridgeCore
import BridgeTesting
import Synchronization
import Testing

@testable import BridgeService

@Suite("A service that is told to reload", .blocking)
struct ReloadTests {
    /// A service whose configuration file is `text`, which may change.
    private struct Subject {
        let service: ServiceUnderTest
        let text = Shared()
        let reload: ConfigurationReload

        init(_ test: ServiceUnderTest) throws {
            service = test
            let (data, text) = (test.configuration.dataDirectory, text)
            reload = ConfigurationReload(test.service, log: test.log) { () throws(ConfigurationError) in
                try Configuration.read(
                    file: ("bridge.conf", text.value),
                    environment: ["data_dir": data, "listen": "127.0.0.1:0"])
            }
        }

        /// The lines that a reload with this file leaves in the log.
        func lines(after content: String) -> [String] {
            let before = service.log.lines.count
            text.value = content
            reload.reload()
            return Array(service.log.lines[before...])
        }
    }

    private final class Shared: Sendable {
        private let kept = Mutex("")
        var value: String {
            get { kept.withLock(\.self) }
            set { kept.withLock { $0 = newValue } }
        }
    }

    @Test("judges the next login by the new settings, also where the token was verified before")
    func addresses() async throws {
        try await ServiceUnderTest.run { test in
            let subject = try Subject(test)
            let token = try TokenMaker().token()
            for _ in 0..<3 { #expect(try test.verify(token).verdict == "200") }
            let lines = subject.lines(after: "allowed_usernames=.*@other\\.example\ndecisions__keep=7d\n")
            #expect(
                lines == [#"info configuration_reloaded {"changed":"allowed_usernames decisions__keep"}"#])
            #expect(test.service.live.current.keepDecisions == 7 * 86_400)
            for _ in 0..<2 { #expect(try test.verify(token).verdict == "403 email_not_allowed") }
            #expect(subject.lines(after: "").count == 1)
            for _ in 0..<2 { #expect(try test.verify(token).verdict == "200") }
        }
    }

    @Test(
        "refuses what it cannot change by name, and with it all the rest",
        arguments: [
            "listen=127.0.0.1:1", "data_dir=/tmp/other", "master_key_file=/tmp/key",
            "tls__certificate_file=/a\ntls__private_key_file=/b",
        ])
    func fixed(setting: String) async throws {
        try await ServiceUnderTest.run { test in
            let name = String(setting.prefix { $0 != "=" })
            let value = String(setting.dropFirst(name.count + 1).prefix { $0 != "\n" })
            let data = test.configuration.dataDirectory
            let subject = ConfigurationReload(test.service, log: test.log) { () throws(ConfigurationError) in
                try Configuration.read(
                    file: ("bridge.conf", "allowed_usernames=nobody@example\\.com\n\(setting)\n"),
                    environment: ["data_dir": data, "listen": "127.0.0.1:0"]
                        .filter { $0.key != name })
            }
            let before = test.log.lines.count
            subject.reload()
            let lines = test.log.lines[before...]
            #expect(lines.count == 1)
            let start = #"error reload_refused {"origin":"bridge.conf line 2","detail":"\#(name): "#
            #expect(lines.first?.hasPrefix(start) == true)
            #expect(lines.first?.contains(value) == false)
            let answer = try test.verify(try TokenMaker().token())
            #expect(answer.verdict == "200")
        }
    }

    @Test("with a broken configuration goes on as it was, and the log has every problem")
    func broken() async throws {
        try await ServiceUnderTest.run { test in
            let subject = try Subject(test)
            let lines = subject.lines(
                after: "allowed_usernames=nobody@example\\.com\nlog__level=loud\nnonsense\nkeys__promote_after=x\n")
            #expect(lines.count == 3)
            for (line, origin) in zip(lines, [3, 4, 2]) {
                #expect(line.hasPrefix(#"error reload_refused {"origin":"bridge.conf line \#(origin)","#))
            }
            #expect(try test.verify(try TokenMaker().token()).verdict == "200")
        }
    }
}
