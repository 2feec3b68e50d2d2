package import BridgeCore
import BridgeCrypto

/// A certificate for the stand-ins, made when they start; it is its own root, so a client trusts it by `tls__ca_file`.
package struct SimulatorCertificate: Sendable {
    package let certificatePEM: String
    /// PKCS#8, for a file that nobody else can read.
    package let keyPEM: Secret

    /// - Parameters:
    ///   - host: what clients connect to, besides `localhost`, `127.0.0.1` and `::1`.
    ///   - now: from when it is valid, for 30 days.
    /// - Throws: `internal`, `configuration_invalid` for a host that can stand in no certificate.
    package init(host: String, now: Timestamp) throws(SimulatorError) {
        do throws(CryptoError) {
            let key = try RSAPrivateKey.generate()
            var names = ["DNS:localhost", "IP:127.0.0.1", "IP:::1"]
            let isAddress =
                host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") } || host.contains(":")
            let name = isAddress ? "IP:\(host)" : "DNS:\(host)"
            if !names.contains(name) { names.append(name) }
            let certificate = try Certificate.selfSigned(
                by: key, commonName: "Simulators of cobrowse-sso", alternativeNames: names,
                start: now.adding(seconds: -60), days: 30)
            certificatePEM = certificate.pem
            keyPEM = try key.exportPEM()
        } catch {
            throw SimulatorError(error)
        }
    }
}
