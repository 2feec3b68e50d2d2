/// Sign-ins with Microsoft or Salesforce, all of whose part the stand-ins play: what one costs the service, and many at once.
struct SignInBench {
    private static let roundCount = 3
    /// How many people sign in for each figure.
    private static let crowd = 2_000
    /// How late the vendor answers, in milliseconds, where many wait for it.
    private static let latency = 300

    private let directory: TemporaryDirectory
    private let system: SignInSystem

    init(_ directory: TemporaryDirectory, _ system: SignInSystem) {
        self.directory = directory
        self.system = system
    }

    func run(into report: inout Report) throws {
        let costs = try costs()
        report.add(system.cost, costs.map(\.processor))
        report.add(.signIn, "sign-ins, 16 at once, \(system.vendor) at no delay", "sign-ins/s", costs.map(\.rate))
        let crowds = try (0..<Self.roundCount).map { try crowd($0) }
        report.add(system.crowd, crowds.map(\.seconds))
        report.add(
            .signIn, "processor time of one of 2,000 at once, \(system.vendor)", "ms", crowds.map(\.processor))
    }

    /// Milliseconds of processor time that one sign-in takes the service, and how many a second there are.
    private func costs() throws -> [(processor: Double, rate: Double)] {
        let bed = try SignInBed(
            directory, system, name: "\(system)-cost", latency: 0, people: 10 * Self.crowd)
        defer { bed.stop() }
        let load = try SignInLoad(bed.service, system)
        var figures: [(Double, Double)] = []
        for round in 0...Self.roundCount {
            let people = Self.people(round)
            let (start, before) = (Monotonic.seconds, try bed.processorTime())
            try waitFor { try await load.signIn(people, concurrency: 16) }
            let time = try bed.processorTime() - before
            // The first round warms up.
            guard round > 0 else { continue }
            figures.append(
                (time / Double(people.count) * 1e3, Double(people.count) / (Monotonic.seconds - start)))
        }
        try waitFor { await load.stop() }
        return figures.map { (processor: $0.0, rate: $0.1) }
    }

    /// Seconds until all of a crowd are in who begin at once.
    private func crowd(_ round: Int) throws -> (seconds: Double, processor: Double) {
        let bed = try SignInBed(
            directory, system, name: "\(system)-crowd-\(round)", latency: Self.latency, people: 10 * Self.crowd)
        defer { bed.stop() }
        let load = try SignInLoad(bed.service, system)
        // Keys and the bridge's own token are there, as they are after the first minute of a day.
        try waitFor { try await load.signIn([0], concurrency: 1) }
        let people = Self.people(1)
        let (start, before) = (Monotonic.seconds, try bed.processorTime())
        try waitFor { try await load.signIn(people, concurrency: Self.crowd) }
        let seconds = Monotonic.seconds - start
        let time = try bed.processorTime() - before
        try waitFor { await load.stop() }
        return (seconds, time / Double(people.count) * 1e3)
    }

    /// Numbers of people who get in, others in each round: of a hundred the last five do not.
    private static func people(_ round: Int) -> [Int] {
        (0..<crowd).map { round * 2 * crowd + $0 / 95 * 100 + $0 % 95 }
    }
}
