internal import BridgeCore

/// Settings as texts with the place they came from, the strongest source of each: flag, environment, file, default.
struct RawConfiguration {
    struct Value {
        let text: String
        let origin: String
    }

    private(set) var values: [String: Value] = [:]
    private(set) var problems: [ConfigurationError.Problem] = []

    /// Takes the lines of a configuration file: `key=value`, `#` begins a comment line.
    mutating func read(file text: String, named name: String) {
        var seen: Set<String> = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let origin = "\(name) line \(index + 1)"
            let content = Self.trimmed(line)
            if content.isEmpty || content.first == "#" { continue }
            guard let equals = content.firstIndex(of: "=") else {
                problems.append(.init(origin: origin, detail: "this is no key=value line", hint: nil))
                continue
            }
            let key = Self.trimmed(content[..<equals])
            guard isKnown(key, origin: origin) else { continue }
            if !seen.insert(key).inserted {
                problems.append(.init(origin: origin, detail: "\(key) is set twice in this file", hint: nil))
            }
            values[key] = Value(text: Self.trimmed(content[content.index(after: equals)...]), origin: origin)
        }
    }

    /// Takes what the environment holds of the settings.
    mutating func read(environment: [String: String]) {
        for (key, text) in environment.sorted(by: { $0.key < $1.key }) {
            let isInSection = key.firstRange(of: "__").map { Setting.sections.contains(String(key[..<$0.lowerBound])) }
            guard Self.setting(key) != nil || isInSection == true, isKnown(key, origin: "environment") else { continue }
            values[key] = Value(text: text, origin: "environment")
        }
    }

    /// Takes a flag of the command line.
    mutating func set(_ key: String, to text: String, flag: String) {
        values[key] = Value(text: text, origin: flag)
    }

    private mutating func isKnown(_ key: String, origin: String) -> Bool {
        if Self.setting(key) != nil { return true }
        let nearest = Suggestion.nearest(to: key, among: Setting.all.map(\.name))
        problems.append(
            .init(origin: origin, detail: "\(key) is no setting", hint: nearest.map { "did you mean \($0)?" }))
        return false
    }

    /// The setting that `key` sets: itself, or a secret by way of its file.
    private static func setting(_ key: String) -> Setting? {
        if let setting = Setting.named(key) { return setting }
        guard key.hasSuffix("_file"), let secret = Setting.named(String(key.dropLast(5))) else { return nil }
        return secret.kind == .secret ? secret : nil
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        var rest = text.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(rest)
    }
}
