internal import HTTPMessage

/// Text in the exposition format of Prometheus, version 0.0.4.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/
struct MetricsText {
    static let contentType: HTTPFieldValue = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var bytes: [UInt8] = []

    /// Begins a metric whose value can go up and down; its samples follow.
    ///
    /// - Parameter help: one sentence, without line breaks.
    mutating func gauge(_ name: String, help: String) {
        bytes += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n".utf8
    }

    /// A sample of the metric that was begun last.
    mutating func sample(_ name: String, _ labels: [(name: String, value: String)], _ value: Int64) {
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
