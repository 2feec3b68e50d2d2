/// Whether two names of permission sets are likely meant to be the same: `Cobrowse.io Agent`, `CobrowseIO_Agents`.
enum NameLikeness {
    /// Compares by letters and digits, without regard to case: one contains the other, or they differ by two at most.
    static func areAlike(_ left: String, _ right: String) -> Bool {
        let (left, right) = (letters(left), letters(right))
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard short.count >= shortest else { return false }
        return contains(long, short) || long.count - short.count <= 2 && isNear(short, long)
    }

    /// Shorter ones are alike by accident.
    private static let shortest = 6

    private static func letters(_ name: String) -> [Character] {
        name.lowercased().filter { $0.isLetter || $0.isNumber }.map(\.self)
    }

    private static func contains(_ long: [Character], _ short: [Character]) -> Bool {
        (0...(long.count - short.count)).contains { long[$0..<($0 + short.count)].elementsEqual(short) }
    }

    /// Whether two changes of a letter at most lead from one to the other (Levenshtein).
    private static func isNear(_ left: [Character], _ right: [Character]) -> Bool {
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var next = [index + 1]
            for (place, other) in right.enumerated() {
                next.append(min(row[place] + (character == other ? 0 : 1), row[place + 1] + 1, next[place] + 1))
            }
            row = next
        }
        return row[right.count] <= 2
    }
}
