/// A setting as it counts: its value and the source it came from.
package struct EffectiveSetting: Sendable, CustomStringConvertible, CustomReflectable {
    package let name: String
    /// Where the value stands.
    package let origin: SettingOrigin
    /// The file that holds the secret, where it is given by `<name>_file`.
    package let file: String?
    /// The value for showing: `***` for a secret that is set.
    package let shownText: String
    /// Whether the value is a secret that is set.
    package let isHidden: Bool
    private let text: String

    init(_ setting: Setting, text: String, file: String?, origin: SettingOrigin) {
        name = setting.name
        self.origin = origin
        self.file = file
        self.text = text
        isHidden = setting.kind == .secret && !text.isEmpty
        shownText = isHidden ? "***" : text
    }

    package var description: String { "\(name)=\(shownText)" }
    /// Without the value: it may be a secret.
    package var customMirror: Mirror { Mirror(self, children: ["setting": description]) }

    /// Whether both have the same value, wherever each came from.
    func hasValue(of other: EffectiveSetting) -> Bool { text == other.text && file == other.file }
}

/// Where the value of a setting stands.
package enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
    case flag(String)
    case environment(name: String)
    case file(name: String, line: Int)
    /// Nobody has set it.
    case standard

    /// In the words of a problem: `bridge.conf line 3`, `environment`, `--listen`.
    package var description: String {
        switch self {
        case .flag(let name): name
        case .environment: "environment"
        case .file(let name, let line): "\(name) line \(line)"
        case .standard: "default"
        }
    }

    /// As `config show` writes it: `bridge.conf:3`, `environment log__level`, `--listen`, `default`.
    package var place: String {
        switch self {
        case .environment(let name): "environment \(name)"
        case .file(let name, let line): "\(name):\(line)"
        default: description
        }
    }
}
