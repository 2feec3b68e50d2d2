internal import AuthService
internal import Glibc

extension Actor {
    /// Whoever runs this command: `cli:` and the name of the system user, or its number where it has no name.
    static var commandLine: Actor { Actor("cli:\(userName(of: getuid()) ?? "\(getuid())")") }

    /// The name of a user (getpwuid_r(3)).
    private static func userName(of user: uid_t) -> String? {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var texts = [CChar](repeating: 0, count: 16_384)
        return unsafe texts.withUnsafeMutableBufferPointer { texts in
            guard let buffer = texts.baseAddress,
                unsafe getpwuid_r(user, &entry, buffer, texts.count, &found) == 0, unsafe found != nil,
                let name = unsafe entry.pw_name
            else { return nil }
            return unsafe String(cString: name)
        }
    }
}
