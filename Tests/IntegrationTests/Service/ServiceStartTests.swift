import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import Glibc
import Testing

@Suite("A service that starts", .blocking)
struct ServiceStartTests {
    private static func write(_ bytes: [UInt8], to path: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        _ = Glibc.write(descriptor, bytes, bytes.count)
        close(descriptor)
    }

    /// The error that a start fails with.
    private static func failure(_ configuration: Configuration) async throws -> ServiceError {
        let error = await #expect(throws: ServiceError.self) {
            try await ServiceUnderTest.start(configuration).stop()
        }
        return try #require(error)
    }

    @Test("makes its directory and its master key, for its own eyes only")
    func firstStart() async throws {
        let directory = try TemporaryDirectory()
        let configuration = try ServiceUnderTest.configuration(in: directory.path)
        try await ServiceUnderTest.start(configuration).stop()
        #expect(configuration.masterKeyFile == directory.path("data/master.key"))
        #expect(try directory.mode(of: "data") == 0o700)
        #expect(try directory.mode(of: "data/master.key") == 0o600)
        #expect(try directory.mode(of: "data/cobrowse-sso.db") & 0o077 == 0)
        let key = try directory.content(of: "data/master.key")
        #expect(key.count == 32)
        #expect(Set(key).count > 8)
        try await ServiceUnderTest.start(configuration).stop()
        #expect(try directory.content(of: "data/master.key") == key)
    }

    @Test("leaves no drafts behind")
    func drafts() async throws {
        let directory = try TemporaryDirectory()
        let settings = ["data_dir": directory.path]
        try await ServiceUnderTest.start(try ServiceUnderTest.configuration(in: directory.path, settings)).stop()
        #expect(try directory.names.filter { !$0.hasPrefix("cobrowse-sso.db") } == ["master.key"])
    }

    @Test("uses the master key that an operator has put somewhere")
    func ownKey() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/my.key"
            Self.write((0..<32).map { $0 }, to: path)
            let configuration = try ServiceUnderTest.configuration(in: directory, ["master_key_file": path])
            try await ServiceUnderTest.start(configuration).stop()
            #expect(TextFile.bytes(path) == (0..<32).map { $0 })
            #expect(TextFile.bytes("\(directory)/data/master.key") == nil)
        }
    }

    @Test("with another master key than before says which file is wrong")
    func otherKey() async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            try await ServiceUnderTest.start(configuration).stop()
            let key = try #require(TextFile.bytes(configuration.masterKeyFile))
            Self.write((0..<32).map { $0 }, to: configuration.masterKeyFile)
            let error = try await Self.failure(configuration)
            #expect(error.code == .passwordWrong)
            #expect(error.detail.contains(configuration.masterKeyFile))
            Self.write(key, to: configuration.masterKeyFile)
            try await ServiceUnderTest.start(configuration).stop()
        }
    }

    @Test("without the master key that the store's keys are sealed with says that it is missing, and makes no other")
    func lostKey() async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            try await ServiceUnderTest.start(configuration).stop()
            let key = try #require(TextFile.bytes(configuration.masterKeyFile))
            try #require(unlink(configuration.masterKeyFile) == 0)
            let mistyped = try ServiceUnderTest.configuration(in: directory, ["master_key_file": "\(directory)/typo"])
            for wrong in [configuration, mistyped] {
                let error = try await Self.failure(wrong)
                #expect(error.code == .configurationInvalid)
                #expect(
                    error.detail == "\(wrong.masterKeyFile) is missing, and the store holds keys sealed with it")
                #expect(error.hint?.contains("backup") == true)
                #expect(TextFile.bytes(wrong.masterKeyFile) == nil)
            }
            Self.write(key, to: configuration.masterKeyFile)
            try await ServiceUnderTest.start(configuration).stop()
        }
    }

    @Test("warns of what other users of the machine can read")
    func modes() async throws {
        try await withTemporaryDirectory { directory in
            let configuration = try ServiceUnderTest.configuration(in: directory)
            func warnings() async throws -> [String] {
                let log = CollectingLog()
                try await ServiceUnderTest.start(configuration, log: log).stop()
                return log.lines.filter { $0.hasPrefix("warning file_readable_by_others ") }
            }
            #expect(try await warnings() == [])
            try #require(chmod(configuration.masterKeyFile, 0o640) == 0)
            try #require(chmod(configuration.dataDirectory, 0o750) == 0)
            #expect(try await warnings() == [])
            try #require(chmod(configuration.masterKeyFile, 0o604) == 0)
            try #require(chmod(configuration.dataDirectory, 0o711) == 0)
            let lines = try await warnings()
            #expect(lines.count == 2)
            #expect(lines.first?.contains(#""path":"\#(configuration.masterKeyFile)","mode":"0604""#) == true)
            #expect(lines.last?.contains(#""path":"\#(configuration.dataDirectory)","mode":"0711""#) == true)
        }
    }

    @Test("does not with superusers in quotes, who would be nobody", arguments: ["'boss@x'", "\"boss@x\"", "a@x # b"])
    func quotedSuperusers(superusers: String) async throws {
        let error = await #expect(throws: ConfigurationError.self) {
            try await ServiceUnderTest.run(["superusers": superusers]) { _ in }
        }
        #expect(error?.detail.contains(superusers) == true)
    }

    @Test("with half a master key does not start", arguments: [0, 31, 33])
    func badKey(count: Int) async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/my.key"
            Self.write([UInt8](repeating: 7, count: count), to: path)
            let configuration = try ServiceUnderTest.configuration(in: directory, ["master_key_file": path])
            let error = try await Self.failure(configuration)
            #expect(error.code == .configurationInvalid)
            #expect(error.detail.contains(path))
            #expect(TextFile.bytes(path)?.count == count)
        }
    }

    @Test("where it cannot, says what to set")
    func impossible() async throws {
        try await withTemporaryDirectory { directory in
            for settings in [
                ["data_dir": "\(directory)/a/b"], ["data_dir": "/dev/null"], ["master_key_file": "\(directory)/a/key"],
                ["listen": "192.0.2.1:0"], ["tls__certificate_file": "/none", "tls__private_key_file": "/none"],
            ] {
                let configuration = try ServiceUnderTest.configuration(in: directory, settings)
                let error = try await Self.failure(configuration)
                #expect(error.code == .configurationInvalid, "\(settings)")
            }
        }
    }

    @Test("on a port that is taken says so, and leaves everything as it was")
    func portTaken() async throws {
        try await ServiceUnderTest.run { test in
            let settings = ["listen": "127.0.0.1:\(test.service.port)"]
            try await withTemporaryDirectory { directory in
                let error = try await Self.failure(try ServiceUnderTest.configuration(in: directory, settings))
                #expect(error.code == .configurationInvalid)
            }
            #expect(try test.send("GET", "/healthz").status == 200)
        }
    }

    @Test("beside another one on the same file has the same signing key")
    func twoInstances() async throws {
        try await ServiceUnderTest.run { test in
            let other = try await ServiceUnderTest.start(test.configuration)
            let client = try RawClient(port: other.port)
            client.send(ServiceUnderTest.request("GET", "/.well-known/jwks.json"))
            #expect(try client.response().body == test.send("GET", "/.well-known/jwks.json").body)
            await other.stop()
        }
    }
}
