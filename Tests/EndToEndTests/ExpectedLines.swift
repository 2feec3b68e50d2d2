/// Compares lines with what a transcript expects of them.
enum ExpectedLines {
    /// Whether `lines` are what `expected` says, where `...` is any number of lines and `*` any characters of one.
    static func match(_ expected: ArraySlice<String>, _ lines: ArraySlice<String>) -> Bool {
        guard let first = expected.first else { return lines.isEmpty }
        if first == "..." {
            return (lines.startIndex...lines.endIndex).contains { match(expected.dropFirst(), lines[$0...]) }
        }
        guard let line = lines.first, isMatch(first, line) else { return false }
        return match(expected.dropFirst(), lines.dropFirst())
    }

    /// Whether `line` is made of the parts of `pattern` between its stars, in their order.
    private static func isMatch(_ pattern: String, _ line: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return pattern == line }
        guard line.count >= first.count + last.count, line.hasPrefix(first), line.hasSuffix(last) else { return false }
        var rest = line.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
