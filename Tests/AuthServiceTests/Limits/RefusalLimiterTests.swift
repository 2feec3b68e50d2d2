import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("The limit of refused logins")
struct RefusalLimiterTests {
    private static let start = Timestamp(seconds: 1_800_000_000)

    @Test("lets a burst through, then one a second, and says how long to wait")
    func burst() {
        let limiter = RefusalLimiter()
        for _ in 0..<60 { #expect(limiter.refused(address: "192.0.2.1", license: nil, now: Self.start) == nil) }
        for _ in 0..<5 { #expect(limiter.refused(address: "192.0.2.1", license: nil, now: Self.start) == 1) }
        #expect(limiter.refused(address: "192.0.2.2", license: nil, now: Self.start) == nil)
        let almost = Timestamp(milliseconds: Self.start.milliseconds + 999)
        #expect(limiter.refused(address: "192.0.2.1", license: nil, now: almost) == 1)
        #expect(limiter.refused(address: "192.0.2.1", license: nil, now: Self.start.adding(seconds: 1)) == nil)
        #expect(limiter.refused(address: "192.0.2.1", license: nil, now: Self.start.adding(seconds: 1)) == 1)
    }

    @Test("counts what a tenant's own caller brings for the tenant, and for nobody else behind the address")
    func byLicense() {
        let limiter = RefusalLimiter()
        var count = 0
        while limiter.refused(address: nil, license: "a", now: Self.start) == nil, count < 10_000 { count += 1 }
        #expect((60...9_999).contains(count))
        #expect(limiter.refused(address: nil, license: "b", now: Self.start) == nil)
        #expect(limiter.refused(address: "192.0.2.1", license: "b", now: Self.start) == nil)
    }

    @Test("is known beforehand of an address, and asking counts nothing")
    func beforehand() {
        let limiter = RefusalLimiter()
        for _ in 0..<60 {
            for _ in 0..<3 { #expect(limiter.wait(address: "192.0.2.1", now: Self.start) == nil) }
            #expect(limiter.refused(address: "192.0.2.1", license: "a", now: Self.start) == nil)
        }
        #expect(limiter.wait(address: "192.0.2.1", now: Self.start) == 1)
        #expect(limiter.wait(address: "192.0.2.2", now: Self.start) == nil)
        #expect(limiter.wait(address: "192.0.2.1", now: Self.start.adding(seconds: 1)) == nil)
    }

    @Test("counts all addresses of a license together, and none of another license")
    func license() {
        let limiter = RefusalLimiter()
        for number in 0..<600 {
            #expect(limiter.refused(address: "198.51.100.\(number % 200)", license: "a", now: Self.start) == nil)
        }
        #expect(limiter.refused(address: "192.0.2.1", license: "a", now: Self.start) == 1)
        #expect(limiter.refused(address: "192.0.2.1", license: "b", now: Self.start) == nil)
        let later = Timestamp(milliseconds: Self.start.milliseconds + 100)
        #expect(limiter.refused(address: "192.0.2.1", license: "a", now: later) == nil)
        #expect(limiter.refused(address: "192.0.2.1", license: "a", now: later) == 1)
    }

    @Test("does not let one address use up the license of all")
    func oneAddress() {
        let limiter = RefusalLimiter()
        for _ in 0..<10_000 { _ = limiter.refused(address: "192.0.2.1", license: "a", now: Self.start) }
        #expect(limiter.refused(address: "192.0.2.2", license: "a", now: Self.start) == nil)
    }

    @Test("says how long a slow rate takes")
    func slow() {
        let limiter = RefusalLimiter(address: RefusalRate(burst: 1, perMinute: 2))
        #expect(limiter.refused(address: "a", license: nil, now: Self.start) == nil)
        #expect(limiter.refused(address: "b", license: nil, now: Self.start) == 30)
        #expect(limiter.refused(address: "b", license: nil, now: Self.start.adding(seconds: 29)) == 1)
        #expect(limiter.refused(address: "b", license: nil, now: Self.start.adding(seconds: 30)) == nil)
    }

    @Test("counts the addresses of one subscriber as one")
    func networks() {
        let limiter = RefusalLimiter(address: RefusalRate(burst: 2, perMinute: 1))
        #expect(limiter.refused(address: "2001:db8::1", license: nil, now: Self.start) == nil)
        #expect(limiter.refused(address: "2001:db8::2", license: nil, now: Self.start) == nil)
        #expect(limiter.refused(address: "2001:db8:0:0:ffff::3", license: nil, now: Self.start) == 60)
        #expect(limiter.refused(address: "2001:db8:0:1::1", license: nil, now: Self.start) == nil)
    }

    @Test("does not make anybody wait longer than for an empty bucket when the clock is set back")
    func clock() {
        let limiter = RefusalLimiter()
        for _ in 0..<60 { _ = limiter.refused(address: "192.0.2.1", license: "a", now: Self.start) }
        let back = Self.start.adding(seconds: -86_400)
        #expect(limiter.refused(address: "192.0.2.1", license: "a", now: back) == 1)
        #expect(limiter.refused(address: "192.0.2.1", license: "a", now: Self.start.adding(seconds: 3_600)) == nil)
    }

    @Test("forgets those who have not been refused for longest")
    func bound() {
        let limiter = RefusalLimiter(address: RefusalRate(burst: 1, perMinute: 1), addressCapacity: 100)
        for number in 0..<1_000 {
            _ = limiter.refused(address: "10.0.\(number / 250).\(number % 250)", license: nil, now: Self.start)
        }
        #expect(limiter.refused(address: "10.0.3.249", license: nil, now: Self.start) == 60)
        #expect(limiter.refused(address: "10.0.0.0", license: nil, now: Self.start) == nil)
    }

    /// A bucket as the words describe it: what is in it, in milliseconds of filling, and when that was looked at.
    private struct Bucket {
        let rate: RefusalRate
        var level: Int64
        var time: Int64

        init(_ rate: RefusalRate, _ time: Int64) {
            self.rate = rate
            self.time = time
            level = Int64(rate.burst) * rate.interval
        }

        mutating func fill(until now: Int64) {
            level = min(level + now - time, Int64(rate.burst) * rate.interval)
            time = now
        }

        var wait: Int64 { max(0, rate.interval - level) }
    }

    @Test("is that of two buckets, whoever comes whenever", arguments: 0..<40)
    func model(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let addressRate = RefusalRate(burst: 1 + random.below(6), perMinute: 1 + random.below(200))
        let licenseRate = RefusalRate(burst: 1 + random.below(12), perMinute: 1 + random.below(400))
        let limiter = RefusalLimiter(address: addressRate, license: licenseRate)
        var now = Self.start.milliseconds
        var addresses: [Int: Bucket] = [:]
        var licenses: [Int: Bucket] = [:]
        for _ in 0..<3_000 {
            now += Int64(random.below(10) == 0 ? random.below(20_000) : random.below(300))
            let (address, license) = (random.below(4), random.below(3))
            var own = addresses[address] ?? Bucket(addressRate, now)
            var shared = licenses[license] ?? Bucket(licenseRate, now)
            own.fill(until: now)
            shared.fill(until: now)
            let wait = own.wait > 0 ? own.wait : license == 0 ? 0 : shared.wait
            if wait == 0 {
                own.level -= addressRate.interval
                if license != 0 { shared.level -= licenseRate.interval }
            }
            (addresses[address], licenses[license]) = (own, shared)
            let answer = limiter.refused(
                address: "192.0.2.\(address)", license: license == 0 ? nil : "l\(license)",
                now: Timestamp(milliseconds: now))
            #expect(answer == (wait == 0 ? nil : Int((wait + 999) / 1000)))
        }
    }
}
