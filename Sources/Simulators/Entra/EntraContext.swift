import BridgeCore
import BridgeCrypto

/// What every endpoint of Entra's works with besides its request.
struct EntraContext: Sendable {
    let sites: SiteMap
    let now: Timestamp
    let random: any RandomSource

    var address: EntraAddress { EntraAddress(origin: sites[.entra]) }

    /// A new value of that kind.
    ///
    /// - Throws: AADSTS90033 where the machine has no randomness to give.
    func make(_ kind: OpaqueValue) throws(EntraError) -> (text: String, key: String) {
        do throws(CryptoError) {
            return try kind.make(random)
        } catch {
            throw EntraError(90_033, "temporarily_unavailable", "\(error)")
        }
    }

    /// A random number below `bound`.
    func number(below bound: Int) -> Int {
        let bytes = (try? random.bytes(4)) ?? [0, 0, 0, 0]
        return bytes.reduce(0) { $0 << 8 | Int($1) } % bound
    }

    /// A new trace for an answer.
    var trace: EntraTrace { EntraTrace(traceID: guid(), correlationID: guid(), time: now) }

    private func guid() -> GUID {
        let words = ((try? random.bytes(16)) ?? []).reduce(into: (high: UInt64(0), low: UInt64(0))) { words, byte in
            words = (words.high << 8 | words.low >> 56, words.low << 8 | UInt64(byte))
        }
        return GUID(high: words.high & ~0xF000 | 0x4000, low: words.low >> 2 | 0x8000_0000_0000_0000)
    }
}
