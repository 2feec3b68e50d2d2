/// Looks for short words in files.
enum ByteSearch {
    /// The first place of `word`, which is not empty, that lies wholly in `bytes` from `start` to, not including, `end`.
    ///
    /// In the worst case a comparison for each byte of the word at each place; the words here have a dozen.
    static func first(_ word: [UInt8], in bytes: [UInt8], from start: Int, to end: Int = .max) -> Int? {
        first(word, in: bytes.span, from: start, to: end)
    }

    static func first(_ word: [UInt8], in bytes: Span<UInt8>, from start: Int, to end: Int = .max) -> Int? {
        let word = word.span
        let last = min(end, bytes.count) - word.count
        var place = start
        while place <= last {
            var matched = 0
            while matched < word.count, bytes[place + matched] == word[matched] { matched += 1 }
            if matched == word.count { return place }
            place += 1
        }
        return nil
    }

    /// Whether `word` stands somewhere in `bytes`.
    static func contains(_ word: String, in bytes: [UInt8]) -> Bool {
        first(Array(word.utf8), in: bytes, from: 0) != nil
    }
}
