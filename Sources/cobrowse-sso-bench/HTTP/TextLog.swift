internal import BridgeService

/// What a server wrote before it ended.
enum TextLog {
    /// The last line of the file, or where to look.
    static func lastLine(_ path: String) -> String {
        let text = TextFile.bytes(path, limit: 1 << 20).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: "\n").last.map(String.init) ?? "it wrote nothing"
    }
}
