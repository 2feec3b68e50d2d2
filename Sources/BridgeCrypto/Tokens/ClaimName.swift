internal import BridgeCore

/// The claims that are read; all others are checked as JSON and passed over.
enum ClaimName {
    case iss, sub, exp, iat, aud, nbf, jti, role, displayName, policy, salesforce

    /// Recognises a member's name; the numbers are the ASCII codes of the names' first eight letters.
    init?(_ name: JSONMemberName, in bytes: Span<UInt8>) {
        switch name.packed {
        case 0x69_73_73: self = .iss
        case 0x73_75_62: self = .sub
        case 0x65_78_70: self = .exp
        case 0x69_61_74: self = .iat
        case 0x61_75_64: self = .aud
        case 0x6E_62_66: self = .nbf
        case 0x6A_74_69: self = .jti
        case 0x72_6F_6C_65: self = .role
        case 0x70_6F_6C_69_63_79: self = .policy
        case 0x64_69_73_70_6C_61_79_4E where name.text.equals("displayName", in: bytes): self = .displayName
        case 0x73_61_6C_65_73_66_6F_72 where name.text.equals("salesforce", in: bytes): self = .salesforce
        case 0: self.init(escaped: name.text.string(in: bytes))
        default: return nil
        }
    }

    /// A name written with escapes, `\u0069ss`, is the same name.
    private init?(escaped name: String) {
        switch name {
        case "iss": self = .iss
        case "sub": self = .sub
        case "exp": self = .exp
        case "iat": self = .iat
        case "aud": self = .aud
        case "nbf": self = .nbf
        case "jti": self = .jti
        case "role": self = .role
        case "policy": self = .policy
        case "displayName": self = .displayName
        case "salesforce": self = .salesforce
        default: return nil
        }
    }
}
