internal import BridgeCrypto

/// Certificates of as many different keys as are wanted, without the minutes that making so many keys would take.
///
/// Each is one certificate with another modulus: a number without small factors, of which nobody knows the large ones.
/// Its signature is wrong, which nothing that imports a certificate looks at.
struct MadeCertificates {
    private let template: [UInt8]
    private let place: Int
    private let size: Int
    private var random = SystemRandomNumberGenerator()

    init(_ tenant: TestTenant) throws {
        let modulus = tenant.key.publicKey.modulus
        let certificate = try Certificate(reading: Array(tenant.certificate.utf8), source: "the certificate").der
        let places = certificate.indices.dropLast(modulus.count)
        guard let place = places.first(where: { certificate[$0...].starts(with: modulus) }) else {
            throw BenchError.wrong("the certificate does not hold its key")
        }
        (template, self.place, size) = (certificate, place, modulus.count)
    }

    /// The next one, PEM.
    mutating func next() throws -> String {
        var certificate = template
        certificate.replaceSubrange(place..<place + size, with: modulus())
        return try Certificate(reading: certificate, source: "a certificate").pem
    }

    /// A number that every check of a public key lets pass.
    private mutating func modulus() -> [UInt8] {
        while true {
            var bytes = (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            bytes[0] |= 0x80
            bytes[size - 1] |= 1
            if (try? RSAPublicKey(modulus: bytes, exponent: [1, 0, 1])) != nil { return bytes }
        }
    }
}
