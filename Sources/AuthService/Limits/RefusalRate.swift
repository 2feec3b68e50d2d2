/// How many refused logins in a row are answered, and how many in the long run.
package struct RefusalRate: Sendable, Hashable {
    /// So many at once.
    package let burst: Int
    /// How long it takes until another one is, in milliseconds.
    package let interval: Int64

    /// - Parameters:
    ///   - burst: 1 at least.
    ///   - perMinute: 1 to 60,000.
    package init(burst: Int, perMinute: Int) {
        self.burst = min(max(burst, 1), 1_000_000)
        interval = 60_000 / Int64(min(max(perMinute, 1), 60_000))
    }

    /// For one source address: 60, then one a second. A page that a person reloads stays far below it.
    package static let address = RefusalRate(burst: 60, perMinute: 60)
    /// For all logins of a license: 600, then ten a second.
    package static let license = RefusalRate(burst: 600, perMinute: 600)

    /// How long a bucket that is empty takes to be full again, in milliseconds.
    private var fillTime: Int64 { interval * Int64(burst) }

    /// When a bucket that will be full at `fullAt` is full after one more; `nil` where it holds no more now.
    ///
    /// A time is all that has to be kept of a bucket: it lacks what flows into it until then.
    func take(fullAt: Int64, now: Int64) -> Int64? {
        let next = missing(fullAt, now) + interval
        return next <= fillTime ? now + next : nil
    }

    /// How long it takes until there is one more, in milliseconds.
    func wait(fullAt: Int64, now: Int64) -> Int64 { missing(fullAt, now) + interval - fillTime }

    /// What has to flow in until the bucket is full; all of it at most, should the clock have been set back.
    private func missing(_ fullAt: Int64, _ now: Int64) -> Int64 { min(max(fullAt - now, 0), fillTime) }
}
