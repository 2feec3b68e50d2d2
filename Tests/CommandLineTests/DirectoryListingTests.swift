import BridgeTesting
import Glibc
import Testing

@testable import cobrowse_sso

@Suite("A directory that is given for a file")
struct DirectoryListingTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("is listed in the order of its bytes, without what is hidden")
    func names() throws {
        for name in ["b", "a", "B", ".hidden", "ä", "a.crt", "10", "9"] { try directory.file(name, []) }
        mkdir(directory.path("deeper"), 0o700)
        let names = try DirectoryListing.names(of: directory.path, limit: 100)
        #expect(names == ["10", "9", "B", "a", "a.crt", "b", "deeper", "ä"])
        #expect(try DirectoryListing.names(of: directory.path, limit: 3).count == 4)
    }

    @Test("is told from files and from what is not there, also behind a link")
    func kinds() throws {
        let file = try directory.file("a", [])
        symlink(directory.path, directory.path("link"))
        symlink("nowhere", directory.path("broken"))
        #expect(DirectoryListing.isDirectory(directory.path))
        #expect(DirectoryListing.isDirectory(directory.path("link")))
        for path in [file, directory.path("broken"), directory.path("missing"), "/dev/zero", ""] {
            #expect(!DirectoryListing.isDirectory(path), "\(path)")
        }
    }

    @Test("with a name that is no text is refused, and so is one that is not there")
    func refused() throws {
        let missing = #expect(throws: CommandFailure.self) {
            try DirectoryListing.names(of: directory.path("missing"), limit: 9)
        }
        #expect(missing?.detail == "\(directory.path("missing")): no such file")
        let name = Array(directory.path("x").utf8CString.dropLast(2)) + [-1, 0]
        close(open(name, O_CREAT | O_WRONLY, 0o600))
        let odd = #expect(throws: CommandFailure.self) {
            try DirectoryListing.names(of: directory.path, limit: 9)
        }
        #expect(odd?.detail == "\(directory.path): a name in it is not UTF-8")
        unlink(name)
    }
}
