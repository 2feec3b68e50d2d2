/// The lines that one read completed, as ranges of its bytes.
struct LineBatch: Sendable {
    /// One line.
    struct Line: Sendable, Hashable {
        /// Where its text stands, without the line end; empty for a line that is too long.
        let range: Range<Int>
        /// Whether it exceeds the reader's limit, and was skipped.
        let isTooLong: Bool
    }

    /// What was read; lines are ranges of it.
    var bytes: [UInt8] = []
    /// The lines in order.
    var lines: [Line] = []

    /// A copy of a line's text.
    func text(of line: Line) -> [UInt8] { Array(bytes[line.range]) }
}
