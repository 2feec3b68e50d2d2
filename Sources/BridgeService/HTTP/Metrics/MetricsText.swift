internal import HTTPMessage

/// Text in the exposition format of Prometheus, version 0.0.4.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/
struct MetricsText {
    static let contentType: HTTPFieldValue = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var bytes: [UInt8] = []

    /// What can be said of a metric's value.
    enum Kind: String {
        /// It can go up and down.
        case gauge
        /// It goes up, and begins again at 0 with the process.
        case counter
        case histogram
    }

    /// Begins a metric; its samples follow.
    ///
    /// - Parameter help: one sentence, without line breaks.
    mutating func begin(_ kind: Kind, _ name: String, help: String) {
        bytes += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n".utf8
    }

    /// Begins a metric whose value can go up and down.
    mutating func gauge(_ name: String, help: String) { begin(.gauge, name, help: help) }

    /// A sample of the metric that was begun last.
    mutating func sample(_ name: String, _ labels: [(name: String, value: String)], _ value: Int64) {
        sample(name, labels, text: "\(value)")
    }

    /// A sample in seconds.
    mutating func sample(_ name: String, milliseconds: Int64) {
        let rest = String(milliseconds % 1000)
        let zeros = String(repeating: "0", count: 3 - rest.count)
        sample(name, [], text: "\(milliseconds / 1000).\(zeros)\(rest)")
    }

    private mutating func sample(_ name: String, _ labels: [(name: String, value: String)], text value: String) {
        bytes += name.utf8
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
            bytes += "{\(pairs.joined(separator: ","))}".utf8
        }
        bytes += " \(value)\n".utf8
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
