import BridgeCore
import BridgeCrypto

/// Codes and tokens: a random identifier, and as many characters behind it as the real ones have.
///
/// A client must not look into them, so there is nothing to find. What is behind the identifier is compared, too: a value
/// that was cut off or changed on its way is another one.
enum OpaqueValue: Sendable {
    case code, accessToken, refreshToken, deviceCode

    private var length: Int {
        switch self {
        case .code: 900
        case .accessToken: 1600
        case .refreshToken: 1200
        case .deviceCode: 200
        }
    }

    private var prefix: String {
        switch self {
        case .code: "1.Code"
        case .accessToken: "1.Access"
        case .refreshToken: "1.Refresh"
        case .deviceCode: "1.Device"
        }
    }

    /// A new value, and the part of it to remember.
    func make(_ random: any RandomSource) throws(CryptoError) -> (text: String, key: String) {
        let key = try random.token()
        return (text(key), key)
    }

    /// The part of `text` to look up; `nil` where it is none of these.
    func key(of text: String) -> String? {
        let key = String(text.dropFirst(prefix.utf8.count + 1).prefix(43))
        return key.utf8.count == 43 && self.text(key) == text ? key : nil
    }

    private func text(_ key: String) -> String {
        "\(prefix).\(key).\(String(repeating: "Simulator_filler-", count: length / 17))"
    }
}
