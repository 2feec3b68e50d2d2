import AuthService
import BridgeCore
import Testing

@testable import BridgeService

@Suite("The value of a setting")
struct ConfigurationValueTests {
    /// A setting with what it takes and what it does not.
    struct Row: CustomTestStringConvertible, Sendable {
        let setting: String
        let accepted: [String]
        let refused: [String]
        var testDescription: String { setting }

        static let table: [Row] = [
            Row(
                setting: "listen",
                accepted: ["127.0.0.1:8080", "0.0.0.0:0", "[::1]:443", "[::]:65535", "localhost:80", "a-b.example:1"],
                refused: [
                    "", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+80",
                    "127.0.0.1:8080/", "::1:80", "[]:80", "a b:80", "127.0.0.1:٨٠", "http://x:80", "[::1]",
                ]),
            Row(
                setting: "cobrowse_api", accepted: ["https://cobrowse.io", "https://a.example:8443"],
                refused: [
                    "https://a.example:8443/base",
                    "", "cobrowse.io", "http://cobrowse.io", "https://", "https://cobrowse.io/", "ftp://cobrowse.io",
                    "https://cobrowse .io", "https://cobröwse.io", "http://127.0.0.1:8080", "HTTPS//x",
                    "https://user:hush@cobrowse.io", "https://cobrowse.io\u{7F}",
                ]),
            Row(
                setting: "public_url",
                accepted: [
                    "", "https://sso.example.com", "http://127.0.0.1:8080", "http://localhost", "http://[::1]:1",
                ],
                refused: [
                    "http://sso.example.com", "http://127.0.0.1.example.com", "http://localhost.example.com",
                    "http://127.0.0.1:1@example.com", "http://localhost/", "http://127.0.0.1:80 80",
                ]),
            Row(
                setting: "superusers_may_sign_in", accepted: ["true", "false"],
                refused: ["", "yes", "1", "TRUE", "true,"]),
            Row(
                setting: "keys__promote_after", accepted: ["24h", "30s", "7d"],
                refused: ["", "24", "1w", "-1h", "1h30m"]),
            Row(
                setting: "log__level", accepted: ["debug", "info", "warning", "error"],
                refused: ["", "warn", "INFO", "x"]),
            Row(setting: "log__format", accepted: ["json", "text"], refused: ["", "JSON", "xml"]),
            Row(
                setting: "superusers",
                accepted: ["", "boss@x\\.com", ".*@x\\.com, ann@y\\.com", "a.{1,3}@x", "[a,b]@x"],
                refused: [
                    "[a", "ok@x,(b", ",", " , ,", "*", "'boss@x\\.com'", "\"boss@x\\.com\"", "`boss@x\\.com`",
                    "\u{201C}boss@x\\.com\u{201D}", "boss@x\\.com   # the boss", "boss@x\\.com#", "boss@x\\.com\t",
                    "boss@x\\.com ann@y\\.com", "boss@x\\.com\u{A0}", "ann@y\\.com,@x\\.com", "@x\\.com",
                ]),
            Row(
                setting: "allowed_usernames", accepted: ["", ".*@x\\.com"],
                refused: ["(", ",", ".*@x\\.com,*", "'.*@x\\.com'", "@x\\.com", ".*@x\\.com # all"]),
            Row(
                setting: "trusted_proxies",
                accepted: ["", "10.0.0.5", "10.0.0.0/8, fd00::/8", "::1,127.0.0.1", "2001:db8::7/128", "192.0.2.0/31"],
                refused: [
                    ",", "proxy", "10.0.0.0/33", "10.0.0.1/8", "fd00::1/8", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/8/8",
                    "[::1]", "10.0.0.5:80", "10.0.0.5 10.0.0.6", "0.0.0.0/0", "::/0", "10.0.0.5,x", "fe80::1%eth0",
                ]),
            Row(
                setting: "dynamics__allowed_hosts",
                accepted: ["", "a.example,b.example", "A.example:8443, 10.0.0.5", "[fd00::1]:443", "localhost"],
                refused: [
                    "https://a.example", "a.example/b", "*.example", "a.example:0", "a.example b", "10.1,a.example",
                ]),
            Row(
                setting: "dynamics__authority_url", accepted: ["https://login.microsoftonline.us"],
                refused: ["https://a.example/tenant", "https://a.example/", "http://a.example", "login.example"]),
            Row(setting: "database__url", accepted: [""], refused: ["postgresql://user:hush@host/db", "sqlite:x"]),
        ]
    }

    @Test("is taken or refused by its kind", arguments: Row.table)
    func kinds(row: Row) throws {
        for text in row.accepted {
            #expect(throws: Never.self, "\(text)") { try Configuration.read(environment: [row.setting: text]) }
        }
        for text in row.refused {
            let error = try #require(throws: ConfigurationError.self, "\(text)") {
                try Configuration.read(environment: [row.setting: text])
            }
            #expect(error.problems.count == 1, "\(text)")
            #expect(error.problems.first?.origin == "environment")
            #expect(error.problems.first?.detail.hasPrefix("\(row.setting): ") == true)
            #expect(!error.detail.contains("hush") && error.hint?.contains("hush") != true)
        }
    }

    @Test("that would protect nobody is named, whatever was copied along with it")
    func copyingMistake() throws {
        for (text, culprit) in [
            (#"'boss@x\.com'"#, #"'boss@x\.com'"#), (#"ok@x, boss@x\.com # the boss"#, #"boss@x\.com # the boss"#),
            (#"ok@x,@x\.com"#, #"@x\.com"#),
        ] {
            let error = try #require(throws: ConfigurationError.self) {
                try Configuration.read(file: ("bridge.conf", "superusers=\(text)\n"))
            }
            #expect(error.code == .configurationInvalid)
            #expect(error.detail.hasPrefix("bridge.conf line 1: superusers: \"\(culprit)\" "))
            #expect(error.hint != nil)
        }
    }

    @Test("that is one of several is suggested")
    func suggestion() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration.read(environment: ["log__level": "warnin"])
        }
        #expect(error.hint == "did you mean warning?")
    }

    @Test("of a network with bits behind its length is the one that was meant")
    func network() throws {
        for (text, meant) in [("10.1.2.3/8", "10.0.0.0/8"), ("2001:DB8::1/64", "2001:db8::/64")] {
            let error = try #require(throws: ConfigurationError.self) {
                try Configuration.read(file: ("bridge.conf", "trusted_proxies=::1,\(text)\n"))
            }
            #expect(
                error.detail == "bridge.conf line 1: trusted_proxies: \"\(text)\" is no address and no network")
            #expect(error.hint == "did you mean \(meant)?")
        }
        let misspelt = try #require(throws: ConfigurationError.self) {
            try Configuration.read(file: ("bridge.conf", "trusted_proxy=::1\n"))
        }
        #expect(misspelt.hint == "did you mean trusted_proxies?")
    }

    @Test("may be http to loopback where the operator allows it, and nothing that only looks like it")
    func loopback() throws {
        func read(_ url: String) throws -> Configuration {
            try Configuration.read(environment: ["dynamics__authority_url": url, "allow_insecure_loopback": "true"])
        }
        for url in ["http://127.0.0.1:9000", "http://localhost", "http://[::1]:1", "https://a.example"] {
            _ = try read(url)
        }
        for url in ["http://127.0.0.1:9@evil.example", "http://127.0.0.2", "http://localhost.evil.example", "http://a"]
        {
            #expect(throws: ConfigurationError.self, "\(url)") { try read(url) }
        }
    }

    @Test("of the address rules reaches them")
    func addresses() throws {
        func code(_ email: String, _ environment: [String: String]) throws -> ReasonCode? {
            let rules = try Configuration.read(environment: environment).addresses
            let address = try #require(EmailAddress(email))
            do throws(AccessDenial) {
                try rules.check(address)
                return nil
            } catch {
                return error.code
            }
        }
        let settings = ["superusers": "boss@x\\.com , b.{1,3}@y\\.com", "allowed_usernames": ".*@[xy]\\.com"]
        #expect(try code("boss@x.com", settings) == .emailNotAllowed)
        #expect(try code("bob@y.com", settings) == .emailNotAllowed)
        #expect(try code("bobby@y.com", settings) == nil)
        #expect(try code("ann@z.com", settings) == .emailNotAllowed)
        let may = settings.merging(["superusers_may_sign_in": "true"]) { $1 }
        #expect(try code("boss@x.com", may) == nil)
    }

    @Test("of TLS is a pair")
    func tls() throws {
        let pair = ["tls__certificate_file": "/c", "tls__private_key_file": "/k"]
        let tls = try #require(try Configuration.read(environment: pair).tls)
        #expect(tls == (certificateFile: "/c", privateKeyFile: "/k"))
        for name in pair.keys {
            #expect(throws: ConfigurationError.self) { try Configuration.read(environment: [name: "/x"]) }
        }
    }

    @Test("by default is one that would be accepted")
    func defaults() throws {
        for setting in Setting.all where !setting.defaultText.isEmpty {
            #expect(throws: Never.self, "\(setting.name)") {
                try Configuration.read(environment: [setting.name: setting.defaultText])
            }
        }
        #expect(Setting.all.count == 28)
        #expect(Set(Setting.all.map(\.name)).count == Setting.all.count)
    }
}
