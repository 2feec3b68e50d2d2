package import BridgeCore

/// The sample keystores, and Java keystores with a check value that fits whatever was done to them.
package enum KeystoreFixture {
    /// The password of every sample but two.
    package static let passwordText = "my-cobrowse-keystore"

    /// The same, as it is given.
    package static var password: Secret { Secret(Array(passwordText.utf8)) }

    /// A sample below `Certificates/keystores`.
    package static func sample(_ name: String) -> RepositoryFile { RepositoryFile("Certificates/keystores/\(name)") }

    /// A Java keystore with the check value of `body` under the samples' password.
    package static func sealed(_ body: some Sequence<UInt8>) -> [UInt8] {
        let body = Array(body)
        let password = passwordText.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        return body + SHA1.digest(password + Array("Mighty Aphrodite".utf8) + body)
    }
}
