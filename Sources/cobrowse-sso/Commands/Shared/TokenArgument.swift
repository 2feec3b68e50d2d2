extension CommandContext {
    /// The compact token that a flag was given: the word itself, or for `-` standard input without white space around it.
    func compactToken(_ word: String) throws(CommandFailure) -> [UInt8] {
        guard word == "-" else { return Array(word.utf8) }
        let bytes = try input("-").bytes()
        return Array(bytes.trimmingPrefix { $0 <= 0x20 }.reversed().trimmingPrefix { $0 <= 0x20 }.reversed())
    }
}
