import BridgeTesting
import FoundationEssentials
import Glibc
import Testing

/// A file system of a test's own that is quickly full; it exists as long as the value.
///
/// Blocks, so it is for tests with the trait `.blocking`.
final class SmallDisk {
    let path: String
    private let directory: TemporaryDirectory
    private var filler: String { path + "/filler" }

    /// Whether this process may mount one (CAP_SYS_ADMIN, bit 21).
    static let isAvailable: Bool = {
        guard let status = try? String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8) else {
            return false
        }
        let line = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }
        let digits = line?.split(separator: "\t").last.map(String.init)
        return (digits.flatMap { UInt64($0, radix: 16) } ?? 0) & 1 << 21 != 0
    }()

    init(size: String = "4m") throws {
        directory = try TemporaryDirectory()
        path = directory.path("disk")
        mkdir(path, 0o700)
        try #require(
            try Program("mount").run(["-t", "tmpfs", "-o", "size=\(size),mode=0700", "none", path]).isSuccess)
    }

    deinit { _ = try? Program("umount").run(["--lazy", path]) }

    /// Takes all the room there is.
    func fill() {
        let descriptor = open(filler, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        for size in [65_536, 4_096, 1] {
            let zeros = [UInt8](repeating: 0, count: size)
            while write(descriptor, zeros, size) > 0 {}
        }
    }

    /// Gives the room back.
    func free() { unlink(filler) }

    /// Lets nobody write any more, or everybody again.
    func makeReadOnly(_ isReadOnly: Bool) throws {
        let option = isReadOnly ? "remount,ro" : "remount,rw"
        try #require(try Program("mount").run(["-o", option, path]).isSuccess)
    }
}
