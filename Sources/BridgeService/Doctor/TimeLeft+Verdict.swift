internal import AuthService

extension TimeLeft {
    /// Green while there is time, red from ten days on.
    var verdict: DoctorFinding.Verdict {
        switch self {
        case .none, .tenDays: .red
        case .thirtyDays, .sixtyDays: .yellow
        case .more: .green
        }
    }
}
