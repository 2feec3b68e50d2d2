internal import BridgeCore

/// Settings as texts with the place they came from, the strongest source of each: flag, environment, file, default.
struct RawConfiguration {
    struct Value {
        let text: String
        let place: SettingOrigin

        /// The place in the words of a problem.
        var origin: String { place.description }
    }

    private(set) var values: [String: Value] = [:]
    private(set) var problems: [ConfigurationError.Problem] = []

    /// Takes the lines of a configuration file: `key=value`, `#` begins a comment line.
    mutating func read(file text: String, named name: String) {
        var found: [String: Value] = [:]
        for (index, line) in Self.lines(text).enumerated() {
            let place = SettingOrigin.file(name: name, line: index + 1)
            let origin = place.description
            let content = Self.trimmed(line)
            if content.isEmpty || content.first == "#" { continue }
            guard let equals = content.firstIndex(of: "=") else {
                problems.append(.init(origin: origin, detail: "this is no key=value line", hint: nil))
                continue
            }
            let key = Self.trimmed(content[..<equals])
            guard isKnown(key, origin: origin) else { continue }
            if found[key] != nil {
                problems.append(.init(origin: origin, detail: "\(key) is set twice in this file", hint: nil))
            }
            found[key] = Value(text: Self.trimmed(content[content.index(after: equals)...]), place: place)
        }
        prefer(found)
    }

    /// Takes what the environment holds of the settings.
    mutating func read(environment: [String: String]) {
        var found: [String: Value] = [:]
        for (key, text) in environment.sorted(by: { $0.key < $1.key }) {
            let isInSection = key.firstRange(of: "__").map { Setting.sections.contains(String(key[..<$0.lowerBound])) }
            guard Self.setting(key) != nil || isInSection == true, isKnown(key, origin: "environment") else { continue }
            found[key] = Value(text: text, place: .environment(name: key))
        }
        prefer(found)
    }

    /// Takes a flag of the command line.
    mutating func set(_ key: String, to text: String, flag: String) {
        prefer([key: Value(text: text, place: .flag(flag))])
    }

    /// Takes the values of a stronger source than those before; a secret there also counts instead of its file.
    private mutating func prefer(_ stronger: [String: Value]) {
        for key in stronger.keys {
            guard let secret = Self.setting(key), secret.kind == .secret else { continue }
            values[secret.name] = nil
            values["\(secret.name)_file"] = nil
        }
        values.merge(stronger) { $1 }
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

    /// The lines of `text`, whatever ends them, without the mark that some editors put in front.
    private static func lines(_ text: String) -> [Substring] {
        let content = text.unicodeScalars.first == "\u{FEFF}" ? Substring(text.unicodeScalars.dropFirst()) : text[...]
        return content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        var rest = text.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(rest)
    }
}
