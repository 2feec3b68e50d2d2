package import BridgeCore

/// What a check of `doctor` found.
package struct DoctorFinding: Sendable, Hashable {
    /// How bad it is.
    package enum Verdict: String, Sendable, CaseIterable, Comparable {
        /// As it should be.
        case green
        /// To be looked at; nothing fails because of it today.
        case yellow
        /// Something fails because of it, or soon will.
        case red

        package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .green: 0
            case .yellow: 1
            case .red: 2
            }
        }
    }

    /// The id of the check, the same in every version: `master-key`.
    package let check: String
    package let verdict: Verdict
    /// What was found, lower case, no full stop.
    package let detail: String
    /// What to do; `nil` for what is green.
    package let fix: String?
}

/// Everything that was found, in the order of the checks.
package struct DoctorReport: Sendable {
    package let findings: [DoctorFinding]

    /// The worst of all verdicts.
    package var verdict: DoctorFinding.Verdict { findings.map(\.verdict).max() ?? .green }
}

extension JSONWriter {
    /// Writes `{"verdict","checks":[{"id","verdict","detail","fix"}]}`.
    package mutating func doctorReport(_ report: DoctorReport) {
        object { writer in
            writer.member("verdict", report.verdict.rawValue)
            writer.name("checks")
            writer.array { writer in
                for finding in report.findings {
                    writer.object { writer in
                        writer.member("id", finding.check)
                        writer.member("verdict", finding.verdict.rawValue)
                        writer.member("detail", finding.detail)
                        writer.member("fix", finding.fix)
                    }
                }
            }
        }
    }
}
