package import BridgeCore
internal import Synchronization

/// Counts refused logins, so that guessing is slow and one tenant cannot starve another; one for the whole process.
///
/// A bucket for each source address (IPv6: each /64) and one for each license. Logins that are let in are never counted
/// and never held up: the people behind a gateway share one address. Bounded: who has not been refused for longest is
/// forgotten first, and has a full bucket again. O(1).
package final class RefusalLimiter: Sendable {
    private let addressRate: RefusalRate
    private let licenseRate: RefusalRate
    private let buckets: Mutex<Buckets>

    private struct Buckets {
        /// When each bucket is full again, in milliseconds since 1970.
        var addresses: RecentMap<SourceNetwork, Int64>
        var licenses: RecentMap<String, Int64>
    }

    /// - Parameters:
    ///   - addressCapacity: how many addresses are kept at most.
    ///   - licenseCapacity: how many licenses are kept at most.
    package init(
        address: RefusalRate = .address, license: RefusalRate = .license, addressCapacity: Int = 65_536,
        licenseCapacity: Int = 16_384
    ) {
        addressRate = address
        licenseRate = license
        buckets = Mutex(
            Buckets(
                addresses: RecentMap(capacity: addressCapacity), licenses: RecentMap(capacity: licenseCapacity)))
    }

    /// How long an address has to wait whose next refusal would not be answered with its reason; `nil` for all others.
    ///
    /// To be asked before work that only a refusal would make worthless; counts nothing.
    /// - Returns: seconds, 1 at least.
    package func wait(address: String, now: Timestamp) -> Int? {
        let network = SourceNetwork(address)
        let now = now.milliseconds
        let full = buckets.withLock { $0.addresses.value(for: network) ?? now }
        return addressRate.take(fullAt: full, now: now) == nil
            ? Self.seconds(addressRate.wait(fullAt: full, now: now)) : nil
    }

    /// Counts a refused login and says how it is to be answered.
    ///
    /// - Parameters:
    ///   - address: where it came from, without port; the client's own where the service trusts a proxy to name it; `nil`
    ///     where the license is known for sure, so that those who share an address do not count for each other.
    ///   - license: the tenant it was for; `nil` where there is no such tenant, so that made-up ones are not kept.
    /// - Returns: `nil` where it is answered with its reason. Otherwise `rate_limited`, and the seconds to wait
    ///   (`Retry-After`), 1 at least; it then counts for neither bucket.
    package func refused(address: String?, license: String?, now: Timestamp) -> Int? {
        let network = address.map { SourceNetwork($0) }
        let now = now.milliseconds
        let wait: Int64? = buckets.withLock { buckets in
            let addressFull = network.flatMap { buckets.addresses.value(for: $0) } ?? now
            let licenseFull = license.flatMap { buckets.licenses.value(for: $0) } ?? now
            guard let nextAddress = addressRate.take(fullAt: addressFull, now: now) else {
                return addressRate.wait(fullAt: addressFull, now: now)
            }
            if let license {
                guard let nextLicense = licenseRate.take(fullAt: licenseFull, now: now) else {
                    return licenseRate.wait(fullAt: licenseFull, now: now)
                }
                buckets.licenses.insert(nextLicense, for: license)
            }
            if let network { buckets.addresses.insert(nextAddress, for: network) }
            return nil
        }
        return wait.map(Self.seconds)
    }

    private static func seconds(_ milliseconds: Int64) -> Int { Int((milliseconds + 999) / 1000) }
}
