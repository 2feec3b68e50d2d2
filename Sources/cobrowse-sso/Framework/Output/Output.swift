internal import BridgeCore
internal import Synchronization

/// The results of a command on standard output: nothing is written before the command has succeeded.
///
/// A batch that answers line by line uses `stream` instead, which writes whenever 64 KiB have come together.
final class Output: Sendable {
    private struct State {
        var pending: [UInt8] = []
        var isStreaming = false
    }

    private static let streamingBufferSize = 1 << 16

    private let sink: any ByteSink
    private let state = Mutex(State())
    /// How headings look.
    let style: TextStyle

    init(sink: any ByteSink, style: TextStyle) {
        self.sink = sink
        self.style = style
    }

    /// Keeps a line of text; the line end is added.
    func print(_ line: String) {
        state.withLock { state in
            state.pending += line.utf8
            state.pending.append(UInt8(ascii: "\n"))
        }
    }

    /// Keeps bytes as they are: a PEM text, a page of help.
    func write(_ bytes: some Sequence<UInt8>) {
        state.withLock { $0.pending += bytes }
    }

    /// Keeps one JSON value, which `body` writes, as a line.
    func json(_ body: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        body(&writer)
        write(writer.bytes)
        write(CollectionOfOne(UInt8(ascii: "\n")))
    }

    /// Keeps a table.
    func table(_ table: TextTable) {
        for line in table.lines(style: style) { print(line) }
    }

    /// Adds to the answer of a batch, and writes when enough has come together.
    ///
    /// What was streamed stays written when the command fails later. Call `flush` before waiting for input.
    func stream(_ bytes: some Sequence<UInt8>) throws(CommandFailure) {
        let isFull = state.withLock { state in
            state.isStreaming = true
            state.pending += bytes
            return state.pending.count >= Self.streamingBufferSize
        }
        if isFull { try flush() }
    }

    /// Writes what is pending, with one call to the sink.
    func flush() throws(CommandFailure) {
        let bytes = state.withLock { state in
            let bytes = state.pending
            state.pending = []
            return bytes
        }
        guard !bytes.isEmpty else { return }
        do throws(SystemError) { try sink.write(bytes) } catch { throw Self.failure(error) }
    }

    /// Drops the results of a command that failed; answers that belong to a stream are still written.
    func finishAfterFailure() throws(CommandFailure) {
        let isStreaming = state.withLock { state in
            if !state.isStreaming { state.pending = [] }
            return state.isStreaming
        }
        if isStreaming { try flush() }
    }

    private static func failure(_ error: SystemError) -> CommandFailure {
        if error.isBrokenPipe {
            return CommandFailure(.internal, "standard output was closed", exitStatus: .readerWentAway)
        }
        return CommandFailure(
            .internal, "cannot write standard output: \(error.text)", hint: "the result is incomplete")
    }
}
