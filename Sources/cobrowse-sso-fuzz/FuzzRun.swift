internal import BridgeCore
internal import BridgeTesting
internal import Glibc

/// A number of executions of one parser, and what came of them.
struct FuzzRun {
    private let target: FuzzTarget
    private let seeds: FuzzSeeds
    private let seed: UInt64
    private var accepted = 0
    private var refused: [ReasonCode: Int] = [:]
    private var slow: [(number: UInt64, seconds: Double)] = []
    private var slowFiles: [(name: String, seconds: Double)] = []
    /// Changed files that were accepted though their check value cannot fit.
    private var forged: [UInt64] = []

    /// A case that takes longer is reported, in seconds of this process on a processor: what else runs on the machine
    /// is not its fault.
    private static let slowest = 1.0

    init(_ target: FuzzTarget, seed: UInt64) throws {
        (self.target, self.seed) = (target, seed)
        seeds = try FuzzSeeds(of: target)
    }

    /// Runs `count` cases from the number `first` on; returns whether nothing was found.
    mutating func run(_ count: UInt64, from first: UInt64) -> Bool {
        guard !seeds.seeds.isEmpty else {
            print("\(target.name): no seeds")
            return false
        }
        tryHostile()
        let start = Self.now
        for number in 0..<count { execute(first &+ number) }
        report(count, from: first, seconds: Self.now - start)
        return slow.isEmpty && forged.isEmpty && slowFiles.isEmpty
    }

    /// Writes the case of that number to a file and runs it.
    mutating func replay(_ number: UInt64) {
        let input = seeds.make(number, seed: seed, target)
        let path = "fuzz-\(target.name)-\(number).bin"
        if let file = fopen(path, "w") {
            fwrite(input.bytes, 1, input.bytes.count, file)
            fclose(file)
        }
        print("\(path): \(input.bytes.count) bytes, from \(input.seedName)")
        CrashReport.begin(number)
        print(target.parse(input.bytes).map { "refused: \($0.rawValue)" } ?? "accepted")
    }

    /// Each hostile file at 1 MiB; one that takes long is reported by its name, and so is one that takes more than
    /// three times as long as half of it, as no parser should that reads a file a certain number of times.
    private mutating func tryHostile() {
        var slowest = (name: "none", seconds: 0.0)
        for (number, file) in target.hostile.enumerated() {
            CrashReport.begin(UInt64(number))
            let (half, seconds) = (time(file.bytes(1 << 19)), time(file.bytes(1 << 20)))
            if seconds > slowest.seconds { slowest = (file.name, seconds) }
            if seconds > Self.slowest || (seconds > Self.measurable && seconds > 3 * half) {
                slowFiles.append((file.name, seconds))
            }
        }
        guard !target.hostile.isEmpty else { return }
        print(
            "\(target.name): \(target.hostile.count) hostile files of 1 MiB, "
                + "the slowest in \(Self.rounded(slowest.seconds)) s: \(slowest.name)")
        fflush(nil)
    }

    /// Less says nothing about how it grows, in seconds.
    private static let measurable = 0.2

    private func time(_ bytes: [UInt8]) -> Double {
        let start = Self.processorTime
        _ = target.parse(bytes)
        return Self.processorTime - start
    }

    private mutating func execute(_ number: UInt64) {
        CrashReport.begin(number)
        let input = seeds.make(number, seed: seed, target)
        let start = Self.processorTime
        let code = target.parse(input.bytes)
        let seconds = Self.processorTime - start
        if seconds > Self.slowest { slow.append((number, seconds)) }
        if let code {
            refused[code, default: 0] += 1
        } else {
            accepted += 1
            if target.isSealed, input.isChanged, !input.isRepaired { forged.append(number) }
        }
    }

    private func report(_ count: UInt64, from first: UInt64, seconds: Double) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let codes = refused.sorted { $0.value > $1.value }.map { "\($0.key.rawValue) \($0.value)" }
        print(
            """
            \(target.name): \(count) executions from case \(first) on, of \(seeds.seeds.count) seeds, in \(Self.rounded(seconds)) s, \
            \(Int(Double(count) / max(seconds, 0.001))) a second, seed \(seed)
              accepted \(accepted), refused \(codes.joined(separator: ", "))
              peak memory \(usage.ru_maxrss / 1024) MiB
            """)
        for (name, seconds) in slowFiles { print("  slow: \(name) took \(Self.rounded(seconds)) s") }
        for (number, seconds) in slow { print("  slow: case \(number) took \(Self.rounded(seconds)) s") }
        for number in forged { print("  forged: case \(number) was changed and accepted") }
    }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }

    private static var now: Double { seconds(CLOCK_MONOTONIC) }

    private static var processorTime: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
