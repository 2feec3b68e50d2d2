public import BridgeCore

/// Why a key, a certificate or a cryptographic operation was refused.
///
/// Codes: `certificate_malformed` (cannot be read), `key_not_rsa`, `key_too_small` (weaker than RSA-2048 for whatever
/// reason), `private_key_given`, `password_wrong`, `keystore_unsupported`, `configuration_invalid` (an impossible
/// parameter), `internal` (OpenSSL itself failed).
public struct CryptoError: ReasonedError, Equatable {
    public let code: ReasonCode
    public let detail: String
    public let hint: String?
    /// What OpenSSL had to say, oldest first; empty where it was not asked.
    public let underlying: [String]

    package init(_ code: ReasonCode, _ detail: String, hint: String? = nil, underlying: [String] = []) {
        self.code = code
        self.detail = detail
        self.hint = hint
        self.underlying = underlying
    }

    /// Equal when the code is: texts are for people.
    public static func == (left: CryptoError, right: CryptoError) -> Bool { left.code == right.code }
}
