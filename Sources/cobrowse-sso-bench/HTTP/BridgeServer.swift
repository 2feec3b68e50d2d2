internal import BridgeService
internal import StoreSQLite

/// The service in a process of its own, on the measured core, with a new store that knows the tenant.
struct BridgeServer {
    private let process: ChildProcess
    let url: String

    /// - Parameter cacheCapacity: how many verified tokens it remembers; 2 is as good as none.
    init(_ directory: TemporaryDirectory, _ tenant: TestTenant, name: String, cacheCapacity: Int) throws {
        let folder = try directory.directory(name, mode: 0o700)
        try waitFor {
            let store = try await tenant.makeStore(at: "\(folder)/cobrowse-sso.db")
            await store.close()
        }
        try self.init(existing: folder, cacheCapacity: cacheCapacity)
    }

    /// On a data directory that is there.
    init(existing folder: String, cacheCapacity: Int) throws {
        let role = ChildRole.serve(dataDirectory: folder, cacheCapacity: cacheCapacity)
        let log = "\(folder)/service.log"
        process = try PinnedThread.run(on: Cores.measured) {
            try ChildProcess(Tool.ourselves, role.arguments, output: .pipeAndFile(log), keepsInput: true)
        }
        guard let line = process.readLine(), line.hasPrefix("ready "), let port = UInt16(line.dropFirst(6)) else {
            throw BenchError.wrong("the service did not start: \(TextLog.lastLine(log))")
        }
        url = "http://127.0.0.1:\(port)/api/1/sso/verify"
    }

    func stop() { process.stop() }

    /// The memory it occupies now, in MiB (`VmRSS`).
    func residentMemory() throws(BenchError) -> Double {
        let status = TextFile.bytes("/proc/\(process.id)/status").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        guard let text = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first,
            let kibibytes = Double(text)
        else { throw .wrong("the memory of the service cannot be read") }
        return kibibytes / 1024
    }
}
