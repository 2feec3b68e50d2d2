extension FlagSpec {
    /// On commands whose effect cannot be taken back: without it they say what would be lost, and do nothing.
    static let yes = toggle("--yes", "do it without being asked, for scripts")
}
