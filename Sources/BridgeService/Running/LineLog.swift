package import BridgeCore
internal import Glibc
internal import Synchronization

/// A log whose level and form can change while others write to it.
package protocol AdjustableLog: Log {
    /// Takes effect with the next line.
    func adjust(level: LogLevel, format: Configuration.LogFormat)
}

/// Writes log lines to standard error, one write each, as JSON objects or as text.
package final class LineLog: AdjustableLog {
    /// Level and format in one number: together they change, and asking for them takes no lock.
    private let settings: Atomic<Int>
    private let clock: any WallClock

    private static let levels = LogLevel.allCases

    package init(level: LogLevel, format: Configuration.LogFormat, clock: any WallClock) {
        settings = Atomic(Self.number(level, format))
        self.clock = clock
    }

    package func adjust(level: LogLevel, format: Configuration.LogFormat) {
        settings.store(Self.number(level, format), ordering: .relaxed)
    }

    package func isEnabled(_ level: LogLevel) -> Bool {
        level >= Self.levels[settings.load(ordering: .relaxed) >> 1]
    }

    private var format: Configuration.LogFormat { settings.load(ordering: .relaxed) & 1 == 0 ? .json : .text }

    private static func number(_ level: LogLevel, _ format: Configuration.LogFormat) -> Int {
        (levels.firstIndex(of: level) ?? 0) << 1 | (format == .json ? 0 : 1)
    }

    package func write(_ level: LogLevel, _ event: String, _ fields: [(name: String, value: LogValue)]) {
        guard isEnabled(level) else { return }
        Self.put(line(level, event, fields))
    }

    /// The line with its end: `{"time":...,"level":...,"event":...,...}`, or `time level event {...}`.
    func line(_ level: LogLevel, _ event: String, _ fields: [(name: String, value: LogValue)]) -> [UInt8] {
        let time = CivilTime(clock.now).descriptionWithMilliseconds
        var writer = JSONWriter(capacity: 256)
        switch format {
        case .json:
            let start: [(name: String, value: LogValue)] = [
                ("time", .text(time)), ("level", .text(level.rawValue)), ("event", .text(event)),
            ]
            Self.write(&writer, start + fields)
            return writer.bytes + [UInt8(ascii: "\n")]
        case .text:
            Self.write(&writer, fields)
            return Array("\(time) \(level.rawValue) \(event) ".utf8) + writer.bytes + [UInt8(ascii: "\n")]
        }
    }

    private static func write(_ writer: inout JSONWriter, _ fields: [(name: String, value: LogValue)]) {
        writer.object { writer in
            for field in fields {
                switch field.value {
                case .text(let text): writer.member(field.name, text)
                case .number(let number): writer.member(field.name, number)
                }
            }
        }
    }

    /// One write a line keeps lines of several threads apart; a log that cannot be written must not stop a login.
    private static func put(_ line: [UInt8]) {
        _ = unsafe Glibc.write(STDERR_FILENO, line, line.count)
    }
}
