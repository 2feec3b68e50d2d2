import FoundationEssentials
import Glibc
import Testing

/// Runs `body` with the path of a fresh directory, which is removed afterwards.
func withTemporaryDirectory(_ body: (String) async throws -> Void) async throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let template = try #require(strdup("\(parent)/cobrowse-sso-test.XXXXXX"))
    defer { free(template) }
    let directory = String(cString: try #require(mkdtemp(template)))
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try await body(directory)
}
