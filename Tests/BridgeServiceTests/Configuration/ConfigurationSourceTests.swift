import AuthService
import BridgeCore
import Testing

@testable import BridgeService

@Suite("The configuration's sources")
struct ConfigurationSourceTests {
    @Test("count in the order flag, environment, file, default")
    func precedence() throws {
        let file = (name: "bridge.conf", text: "data_dir=/file\nlisten=127.0.0.1:1\nlog__level=debug\n")
        let environment = ["data_dir": "/environment", "listen": "127.0.0.1:2"]
        let flags = [(setting: "data_dir", text: "/flag", flag: "--data")]
        let all = try Configuration.read(file: file, environment: environment, flags: flags)
        #expect(all.dataDirectory == "/flag")
        #expect(all.listen.port == 2)
        #expect(all.logLevel == .debug)
        #expect(all.logFormat == .json)
        #expect(try Configuration.read(file: file, environment: environment).dataDirectory == "/environment")
        #expect(try Configuration.read(file: file).dataDirectory == "/file")
        #expect(try Configuration.read().dataDirectory == "./data")
    }

    @Test("may say nothing: a service starts with the defaults")
    func defaults() throws {
        let configuration = try Configuration.read()
        #expect(configuration.listen.description == "127.0.0.1:8080")
        #expect(configuration.databaseFile == "./data/cobrowse-sso.db")
        #expect(configuration.masterKeyFile == "./data/master.key")
        #expect(configuration.tls == nil)
        #expect(configuration.logLevel == .info)
        #expect(try Configuration.read(file: ("f", "data_dir=/x\n")).masterKeyFile == "/x/master.key")
        #expect(try Configuration.read(file: ("f", "master_key_file=/y\n")).masterKeyFile == "/y")
    }

    @Test(
        "are lines of key=value, with comments, space and any line ends",
        arguments: [
            "data_dir=/a=b", "data_dir = /a=b", "\tdata_dir\t=\t/a=b  ", "# c\n\n  # d\ndata_dir=/a=b\n",
            "data_dir=/a=b\r\n", "#c\r\ndata_dir=/a=b\r\nlog__level=info\r\n", "\u{FEFF}data_dir=/a=b\n",
            "log__level=info\rdata_dir=/a=b\r",
        ])
    func lines(text: String) throws {
        #expect(try Configuration.read(file: ("f", text)).dataDirectory == "/a=b")
    }

    @Test("are refused line by line")
    func badLines() throws {
        let text = "listen=127.0.0.1:1\nno pair\n\nlog_level=debug\nlisten=127.0.0.1:2\n=x\nzzzzzzzzzz=1\n"
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration.read(file: ("bridge.conf", text))
        }
        #expect(error.problems.map(\.origin) == [2, 4, 5, 6, 7].map { "bridge.conf line \($0)" })
        #expect(error.problems[1].detail == "log_level is no setting")
        #expect(error.problems[1].hint == "did you mean log__level?")
        #expect(error.problems[2].detail == "listen is set twice in this file")
        #expect(error.problems[4].hint == nil)
        #expect(error.code == .configurationInvalid)
        #expect(error.detail.hasPrefix("bridge.conf line 2: "))
    }

    @Test("of the environment are settings, and unknown names in a known section are mistakes")
    func environment() throws {
        let foreign = [
            "PATH": "/bin", "home": "/", "other__thing": "1", "LOG__LEVEL": "x", "__": "1", "listening": "1",
        ]
        #expect(try Configuration.read(environment: foreign).logLevel == .info)
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration.read(environment: ["log__leveł": "x", "log__levle": "debug", "tls__nonsense": "1"])
        }
        #expect(error.problems.map(\.origin) == ["environment", "environment", "environment"])
        #expect(error.problems.first?.hint == "did you mean log__level?")
    }

    @Test("may keep a secret in a file, whose first line it is")
    func secretFile() throws {
        let read: (String) -> String? = { $0 == "/run/secret" ? "hush" : nil }
        _ = try Configuration.read(
            file: ("f", "salesforce__client_secret_file=/run/secret\nsalesforce__client_id=k"), readFile: read)
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration.read(
                file: ("f", "salesforce__client_secret_file=/run/other\nsalesforce__client_id=k"), readFile: read)
        }
        #expect(error.problems.map(\.detail) == ["salesforce__client_secret_file: /run/other cannot be read"])
        #expect(error.problems.map(\.origin) == ["f line 1"])
        let empty = try #require(throws: ConfigurationError.self) {
            try Configuration.read(
                environment: ["salesforce__client_secret_file": "/e", "salesforce__client_id": "k"],
                readFile: { _ in "" })
        }
        #expect(empty.problems.map(\.detail) == ["salesforce__client_secret_file: /e is empty"])
        // Only secrets may.
        #expect(throws: ConfigurationError.self) { try Configuration.read(file: ("f", "listen_file=/x")) }
    }

    @Test("may say a secret or its file, and the stronger source wins")
    func secretTwice() throws {
        let both = "salesforce__client_id=k\nsalesforce__client_secret=a\nsalesforce__client_secret_file=/b\n"
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration.read(file: ("f", both), readFile: { _ in "x" })
        }
        #expect(error.detail.contains("both set"))
        #expect(!error.detail.contains("=a"))
        // The file that is overridden does not even have to be there.
        _ = try Configuration.read(
            file: ("f", "salesforce__client_id=k\nsalesforce__client_secret_file=/gone"),
            environment: ["salesforce__client_secret": "a"],
            readFile: { _ in nil })
        _ = try Configuration.read(
            file: ("f", "salesforce__client_id=k\nsalesforce__client_secret=a"),
            environment: ["salesforce__client_secret_file": "/b"],
            readFile: { _ in "x" })
    }

    @Test("tell everything that is wrong at once, and where")
    func everything() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration.read(
                file: ("bridge.conf", "log__format=xml\nsuperusers=[a\n"),
                environment: ["sync__interval": "fast", "tls__certificate_file": "/c"],
                flags: [(setting: "listen", text: "everywhere", flag: "--listen")])
        }
        #expect(
            Set(error.problems.map(\.origin)) == [
                "bridge.conf line 1", "bridge.conf line 2", "environment", "--listen", "default",
            ])
        #expect(error.problems.count == 5)
    }
}
