/// Looks for short words in files.
enum ByteSearch {
    /// The first place of `word`, which is not empty, that lies wholly in `bytes` from `start` to, not including, `end`.
    ///
    /// Compared from its end: the words here begin with dashes, of which a file may have any number, and end in letters
    /// that differ. So there is about one comparison for each byte, whatever the file.
    static func first(_ word: [UInt8], in bytes: [UInt8], from start: Int, to end: Int = .max) -> Int? {
        first(word, in: bytes.span, from: start, to: end)
    }

    static func first(_ word: [UInt8], in bytes: Span<UInt8>, from start: Int, to end: Int = .max) -> Int? {
        let word = word.span
        let last = min(end, bytes.count) - word.count
        var place = start
        while place <= last {
            var left = word.count
            while left > 0, bytes[place + left - 1] == word[left - 1] { left -= 1 }
            if left == 0 { return place }
            place += 1
        }
        return nil
    }

    /// Whether `word` stands somewhere in `bytes`.
    static func contains(_ word: String, in bytes: [UInt8]) -> Bool {
        first(Array(word.utf8), in: bytes, from: 0) != nil
    }
}
