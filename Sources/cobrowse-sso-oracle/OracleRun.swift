internal import BridgeTesting
internal import Glibc

/// Compares cases 0 to `inputs` - 1, each with the judge in this process and some with the program, too.
struct OracleRun {
    private let arguments: OracleArguments
    private let maker: CaseMaker
    private var inProcess = Comparison()
    private var withProgram = Comparison()

    init(_ arguments: OracleArguments) throws {
        self.arguments = arguments
        maker = try CaseMaker(seed: arguments.seed)
    }

    /// Returns whether nothing was found that is on no list. Blocks.
    mutating func run() throws -> Bool {
        print(
            "seed \(arguments.seed), \(arguments.inputs) inputs, \(arguments.programs) of them also given to openssl itself"
        )
        fflush(nil)
        let start = Self.now
        for number in 0..<arguments.inputs {
            let bytes = maker.make(number)
            inProcess.add(number, bytes, StoreJudge.verdict(on: bytes))
        }
        report(inProcess, "in this process", since: start)
        let between = Self.now
        try askProgram()
        report(withProgram, "by the program", since: between)
        return inProcess.unknown.isEmpty && withProgram.unknown.isEmpty
    }

    /// A sample spread evenly over all cases, and every case that the other judge found something in.
    private mutating func askProgram() throws {
        let step = max(1, arguments.inputs / max(1, UInt64(arguments.programs)))
        let sample = Array(stride(from: 0, to: arguments.inputs, by: Int(step)).prefix(arguments.programs))
        let numbers = sample + inProcess.unknown.prefix(100).map(\.number)
        let cases = numbers.map(maker.make)
        for (index, verdict) in try ProgramJudge.verdicts(on: cases).enumerated() {
            withProgram.add(numbers[index], cases[index], verdict)
        }
    }

    /// Writes the case of that number to a file and says what all make of it. Blocks.
    func replay(_ number: UInt64) throws {
        let bytes = maker.make(number)
        let path = "oracle-\(number).bin"
        if let file = fopen(path, "w") {
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
        var (ours, theirs) = (Comparison(), Comparison())
        ours.add(number, bytes, StoreJudge.verdict(on: bytes))
        for verdict in try ProgramJudge.verdicts(on: [bytes]) { theirs.add(number, bytes, verdict) }
        print("\(path): \(bytes.count) bytes")
        for (name, comparison) in [("in this process", ours), ("by the program", theirs)] {
            print("  \(name): \(comparison.unknown.first?.what ?? "no difference that is on no list")")
        }
    }

    private func report(_ comparison: Comparison, _ judge: String, since start: Double) {
        let known = KnownDifference.allCases.map { "\(comparison.known[$0] ?? 0) \($0.rawValue)" }
        print(
            """
            judged \(judge): \(comparison.count) in \(Int(Self.now - start)) s
              \(comparison.sameKey) the same key, \(comparison.refusedByBoth) refused by both, \
            \(known.joined(separator: ", "))
              \(comparison.unknown.count) differences on no list
            """)
        for (number, what) in comparison.unknown.prefix(50) { print("  case \(number): \(what)") }
        fflush(nil)
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
