internal import BridgeCore
internal import Glibc

/// Reads lines in constant memory, a batch for each `read(2)`.
///
/// A line ends with LF or CR LF, the last one also with the input; all other bytes, NUL included, are text. A line
/// beyond the limit is skipped and marked, the lines after it are read as usual; one of more than 1 MiB ends the reading,
/// for it may never end.
struct LineReader: ~Copyable {
    /// In bytes, without the line end.
    static let defaultLimit = 1 << 16
    /// From where on the end of a line is not looked for any more, in bytes.
    private static let largestLine = 1 << 20

    private let input: Descriptor
    private let name: String
    private let malformed: ReasonCode
    private let limit: Int
    private let chunkSize: Int
    /// The beginning of a line whose end has not been read.
    private var unfinished: [UInt8] = []
    private var isSkipping = false
    /// How many bytes of the line under way were skipped.
    private var skipped = 0
    private var isAtEnd = false

    /// - Parameters:
    ///   - malformed: The code for input that cannot be lines.
    ///   - chunkSize: How many bytes one read asks for; a few hundred kilobytes are fastest.
    init(
        _ input: consuming Descriptor, name: String, malformed: ReasonCode, limit: Int, chunkSize: Int = 1 << 18
    ) {
        self.input = input
        self.name = name
        self.malformed = malformed
        self.limit = limit
        self.chunkSize = chunkSize
    }

    /// Reads until at least one line is complete; `batch` keeps its memory from call to call.
    ///
    /// - Returns: `false` at the end of the input, with `batch` empty.
    mutating func read(into batch: inout LineBatch) throws(CommandFailure) -> Bool {
        batch.lines.removeAll(keepingCapacity: true)
        while batch.lines.isEmpty, !isAtEnd { try readOnce(into: &batch) }
        return !batch.lines.isEmpty
    }

    private mutating func readOnce(into batch: inout LineBatch) throws(CommandFailure) {
        batch.bytes.removeAll(keepingCapacity: true)
        batch.bytes += unfinished
        let start = unfinished.count
        unfinished.removeAll(keepingCapacity: true)
        do throws(SystemError) {
            isAtEnd = try input.read(upTo: chunkSize, appendingTo: &batch.bytes) == 0
        } catch {
            throw error.failure(name)
        }
        let rest = split(&batch, from: start)
        if isAtEnd {
            if isSkipping || rest < batch.bytes.count { finishLine(&batch, rest..<batch.bytes.count) }
        } else {
            try keep(batch.bytes[rest...])
        }
    }

    /// Cuts at every line end from `start` on and returns where the unfinished rest begins.
    private mutating func split(_ batch: inout LineBatch, from start: Int) -> Int {
        var lineStart = 0
        var position = start
        while let end = Self.newline(in: batch.bytes.span, from: position) {
            finishLine(&batch, lineStart..<end)
            lineStart = end + 1
            position = lineStart
        }
        return lineStart
    }

    private mutating func finishLine(_ batch: inout LineBatch, _ range: Range<Int>) {
        let endsWithReturn = !range.isEmpty && batch.bytes[range.upperBound - 1] == UInt8(ascii: "\r")
        let text = endsWithReturn ? range.dropLast() : range
        let isTooLong = isSkipping || text.count > limit
        isSkipping = false
        skipped = 0
        let shown = isTooLong ? range.lowerBound..<range.lowerBound : text
        batch.lines.append(LineBatch.Line(range: shown, isTooLong: isTooLong))
    }

    /// Keeps the beginning of a line, unless it is too long already; one byte more may be the CR of its line end.
    ///
    /// - Throws: for a line that is so long that it may be endless.
    private mutating func keep(_ rest: ArraySlice<UInt8>) throws(CommandFailure) {
        guard isSkipping || rest.count > limit + 1 else {
            unfinished += rest
            return
        }
        isSkipping = true
        skipped += rest.count
        guard skipped <= Self.largestLine + 1 else {
            throw CommandFailure(
                malformed, "\(name): a line is larger than 1 MiB", hint: "write one a line",
                exitStatus: .unreadableInput)
        }
    }

    private static func newline(in bytes: borrowing Span<UInt8>, from position: Int) -> Int? {
        unsafe bytes.extracting(position...).withUnsafeBytes { raw in
            guard let base = raw.baseAddress, let found = unsafe memchr(base, 0x0A, raw.count) else { return nil }
            return unsafe position + (UnsafeRawPointer(found) - base)
        }
    }
}
