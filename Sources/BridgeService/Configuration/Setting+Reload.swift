extension Setting {
    /// What a running service cannot change: where it listens, what it keeps and what opens that.
    private static let fixed: Set<String> = ["listen", "data_dir", "database__url", "master_key_file"]

    /// Whether a new value takes effect without a restart.
    static func canChangeWhileRunning(_ name: String) -> Bool { !fixed.contains(name) }
}

extension Configuration {
    /// The names of the settings that have another value in `other`, in the order of the table.
    func changes(to other: Configuration) -> [String] {
        zip(settings, other.settings).filter { !$0.hasValue(of: $1) }.map(\.0.name)
    }
}
