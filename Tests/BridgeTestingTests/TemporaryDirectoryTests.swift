import BridgeTesting
import Testing

@Suite("A temporary directory", .blocking)
struct TemporaryDirectoryTests {
    @Test("goes away with everything in it")
    func removal() throws {
        var paths: [String] = []
        do {
            let directory = try TemporaryDirectory()
            let nested = try Program("sh").run([
                "-c", "mkdir -p \(directory.path)/a/b; echo x > \(directory.path)/a/b/c",
            ])
            #expect(nested.exitCode == 0)
            try directory.file("file", [1, 2, 3], mode: 0o640)
            #expect(try directory.names == ["a", "file"])
            #expect(try directory.mode(of: "file") == 0o640)
            #expect(try directory.content(of: "file") == [1, 2, 3])
            #expect(throws: SystemFailure.self) { try directory.file("file", []) }
            paths = [directory.path, directory.path("file")]
        }
        for path in paths { #expect(try Program("test").run(["-e", path]).exitCode == 1) }
    }
}
