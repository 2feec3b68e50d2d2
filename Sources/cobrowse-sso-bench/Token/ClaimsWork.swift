internal import AuthService
internal import BridgeCrypto
internal import FoundationEssentials

/// Reading the same payload with the claims reader and with FoundationEssentials' JSONDecoder.
final class ClaimsWork {
    private let payload: [UInt8]
    private let data: Data
    private let decoder = JSONDecoder()
    private let license: String

    /// What the decoder is asked for: the same claims, all of them checked to be of their types.
    private struct Claims: Decodable {
        let iat: Int64
        let exp: Int64
        let aud: String
        let iss: String
        let sub: String
        let displayName: String?
        let role: String?
    }

    init(_ tenant: TestTenant) throws {
        let token = try tenant.token(try TokenSigner(tenant.key), tenant.claims())
        payload = try UnverifiedToken(token).unverifiedPayload
        data = Data(payload)
        license = tenant.license.value
    }

    func check() throws {
        let payload = payload
        for _ in 0..<blockSize { try TokenPayload.check(payload.span) }
    }

    func decode() throws {
        for _ in 0..<blockSize {
            guard try decoder.decode(Claims.self, from: data).iss == license else {
                throw BenchError.wrong("JSONDecoder read another iss")
            }
        }
    }
}
