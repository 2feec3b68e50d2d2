/// The figures of a run.
struct Report {
    /// What became of one measure.
    enum Outcome {
        case figure(Figure)
        case notMeasured(String)
        case failed(String)
    }

    /// A figure that is shown and held against nothing, because it is of this machine alone.
    struct Rate {
        let subject: Subject
        let title: String
        let unit: String
        let figure: Figure
    }

    private(set) var outcomes: [Measure: Outcome] = [:]
    private(set) var rates: [Rate] = []

    mutating func add(_ measure: Measure, _ samples: [Double]) {
        outcomes[measure] = .figure(Figure(samples))
    }

    mutating func add(_ subject: Subject, _ title: String, _ unit: String, _ samples: [Double]) {
        rates.append(Rate(subject: subject, title: title, unit: unit, figure: Figure(samples)))
    }

    /// Why `measure` has no figure.
    mutating func add(_ measure: Measure, _ error: any Error) {
        switch error {
        case BenchError.missing, BenchError.unable: outcomes[measure] = .notMeasured("\(error)")
        default: outcomes[measure] = .failed("\(error)")
        }
    }

    /// Why the rest of a subject has no figures.
    mutating func add(_ subject: Subject, _ error: any Error) {
        for measure in Measure.allCases where measure.asked.subject == subject && outcomes[measure] == nil {
            add(measure, error)
        }
    }

    /// Whether every figure that was measured reaches what is asked, and nothing failed.
    var isGood: Bool {
        outcomes.allSatisfy { measure, outcome in
            switch outcome {
            case .figure(let figure): measure.asked.bound.isMet(by: figure)
            case .notMeasured: true
            case .failed: false
            }
        }
    }

    /// The rows of the table: measure, figure, range, asked, verdict.
    var rows: [[String]] {
        Measure.allCases.compactMap { measure in outcomes[measure].map { Self.row(measure.asked, $0) } }
    }

    /// The rows of the second table: what, figure, range, unit.
    var rateRows: [[String]] {
        rates.map { [$0.title, shown($0.figure.median), Self.range($0.figure), $0.unit] }
    }

    private static func row(_ asked: Measure.Asked, _ outcome: Outcome) -> [String] {
        switch outcome {
        case .figure(let figure):
            [
                asked.title, shown(figure.median), range(figure), asked.bound.words,
                asked.bound.isMet(by: figure) ? "ok" : "short",
            ]
        case .notMeasured(let reason): [asked.title, "-", "-", asked.bound.words, "not measured: \(reason)"]
        case .failed(let reason): [asked.title, "-", "-", asked.bound.words, "failed: \(reason)"]
        }
    }

    private static func range(_ figure: Figure) -> String {
        "[\(shown(figure.smallest))-\(shown(figure.largest))]"
    }
}
