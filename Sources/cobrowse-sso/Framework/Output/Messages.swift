internal import BridgeCore
internal import Synchronization

/// Everything for people that is no result: errors and warnings, on standard error and without a buffer.
///
/// With `--json` a failure is one object and nothing else, so warnings wait until the command has succeeded.
final class Messages: Sendable {
    private let sink: any ByteSink
    let wantsJSON: Bool
    private let waiting = Mutex<[UInt8]>([])

    init(sink: any ByteSink, wantsJSON: Bool) {
        self.sink = sink
        self.wantsJSON = wantsJSON
    }

    /// Messages of a part of the work, which wait until `takeOver` gives them their place.
    static func held() -> Messages { Messages(sink: NoSink(), wantsJSON: true) }

    /// Says what `other` has held.
    func takeOver(_ other: Messages) {
        let bytes = other.waiting.withLock { $0 }
        if wantsJSON { waiting.withLock { $0 += bytes } } else if !bytes.isEmpty { write(bytes) }
    }

    /// Says something that does not stop the command: one clause in lower case.
    func warning(_ text: String, hint: String? = nil) {
        let bytes = Self.lines("warning", text, hint: hint)
        if wantsJSON { waiting.withLock { $0 += bytes } } else { write(bytes) }
    }

    /// Says something that belongs to the result and is for people alone: one clause in lower case.
    func note(_ text: String) {
        if !wantsJSON { write(Array("cobrowse-sso: note: \(Printable.line(text))\n".utf8)) }
    }

    /// Writes bytes as they are: help for an incomplete command line.
    func write(_ bytes: [UInt8]) {
        // Nobody is left to tell when standard error fails.
        try? sink.write(bytes)
    }

    /// Writes the warnings that waited for success.
    func releaseWarnings() {
        let bytes = waiting.withLock { $0 }
        if !bytes.isEmpty { write(bytes) }
    }

    /// Reports why the command failed.
    func report(_ failure: CommandFailure) {
        guard wantsJSON else {
            let lines = (failure.causes + [failure]).map { Self.lines("error", $0.message, hint: $0.hint) }
            return write(Array(lines.joined()))
        }
        var writer = JSONWriter()
        failure.write(to: &writer)
        write(writer.bytes + [UInt8(ascii: "\n")])
    }

    private static func lines(_ label: String, _ text: String, hint: String?) -> [UInt8] {
        var lines = "cobrowse-sso: \(label): \(Printable.line(text))\n"
        if let hint { lines += "cobrowse-sso: hint: \(Printable.line(hint))\n" }
        return Array(lines.utf8)
    }
}

extension CommandFailure {
    /// The text after `error: `. Where the code is the answer - about a token, a person or a connection - it comes first.
    var message: String { code.category == .input ? detail : description }

    /// Writes `{"code","detail","hint"}`, and `"causes"` with the same of each where there are several.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", code.rawValue)
            writer.member("detail", detail)
            writer.member("hint", hint)
            guard !causes.isEmpty else { return }
            writer.name("causes")
            writer.array { writer in for cause in causes { cause.write(to: &writer) } }
        }
    }
}

/// Of messages that are held, none is written.
private struct NoSink: ByteSink {
    func write(_ bytes: [UInt8]) {}
}
