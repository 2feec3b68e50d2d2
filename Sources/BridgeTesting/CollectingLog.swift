package import BridgeCore
internal import Synchronization

/// A log that keeps its lines, every level of them.
package final class CollectingLog: Log {
    private let kept = Mutex<[String]>([])

    package init() {}

    /// The lines so far: `level event {fields as JSON}`.
    package var lines: [String] { kept.withLock(\.self) }

    package func isEnabled(_ level: LogLevel) -> Bool { true }

    package func write(_ level: LogLevel, _ event: String, _ fields: [(name: String, value: LogValue)]) {
        var writer = JSONWriter()
        writer.object { writer in
            for field in fields {
                switch field.value {
                case .text(let text): writer.member(field.name, text)
                case .number(let number): writer.member(field.name, number)
                }
            }
        }
        let line = "\(level.rawValue) \(event) \(writer.text)"
        kept.withLock { $0.append(line) }
    }
}
