extension FlagSpec {
    /// On every command, by construction of `CommandSpec`.
    static let json = toggle("--json", "print JSON, errors included", group: .common)
    /// On every command, by construction of `CommandSpec`; `-h` is the same.
    static let help = toggle("--help", "show this help", group: .common)
    /// Where the SQLite file and the master key are.
    static let data = option(
        "--data", "DIR", "directory of the store", kind: .directory, default: "environment data_dir, else ./data",
        group: .common)
    /// Which database to use instead of the SQLite file.
    static let database = option(
        "--database", "URL", "database of the store, without its password", default: "database__url", group: .common)
    /// On every command that changes state.
    static let dryRun = toggle("--dry-run", "say what would change and change nothing", group: .common)
}
