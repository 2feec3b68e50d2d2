internal import BridgeService
internal import Glibc

/// What a reader has to know of the machine to make sense of the figures.
enum MachineFacts {
    /// One line a fact.
    static func lines(directory: String) -> [String] {
        [
            "processor: \(processor), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores online",
            "kernel: \(kernel)",
            "openssl: \(opensslVersion)",
            "files: in \(fileSystem(of: directory))",
        ]
    }

    /// A warning where other work was running in the minute before; `nil` on a quiet machine.
    static var unrest: String? {
        var load = 0.0
        guard getloadavg(&load, 1) == 1, load > 0.5 else { return nil }
        return "the load average of the last minute is \(fixed(load, 2)): other work distorts the figures"
    }

    private static var processor: String {
        let text = TextFile.bytes("/proc/cpuinfo", limit: 1 << 20).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last.map { String($0.drop { $0 == " " }) } ?? "unknown"
    }

    private static var kernel: String {
        let release = TextFile.read("/proc/sys/kernel/osrelease") ?? "unknown"
        return "\(TextFile.read("/proc/sys/kernel/ostype") ?? "") \(release)"
    }

    private static var opensslVersion: String {
        guard let tool = try? Tool.openssl.path(), let output = try? ChildProcess.output(of: tool, ["version"]) else {
            return "not installed"
        }
        return String(output.prefix { $0 != "\n" })
    }

    /// The file system with the longest mount point above `directory`.
    private static func fileSystem(of directory: String) -> String {
        let text = TextFile.bytes("/proc/self/mounts", limit: 1 << 20).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let mounts = text.split(separator: "\n").map { $0.split(separator: " ") }
        let above = mounts.filter { $0.count > 2 && ($0[1] == "/" || "\(directory)/".hasPrefix("\($0[1])/")) }
        guard let mount = above.max(by: { $0[1].count < $1[1].count }) else { return directory }
        let warning = mount[2] == "tmpfs" ? ", which is NO disk: set TMPDIR" : ""
        return "\(directory), \(mount[2])\(warning)"
    }
}
