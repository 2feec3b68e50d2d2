import Testing

@testable import HTTPClient

@Suite("An origin that fails again and again")
struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    /// One that has just opened, at second 0; it opens for 5, 10, 20 and then 25 seconds.
    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker(threshold: 3, spans: .seconds(5) ... .seconds(25))
        for count in 1...3 { #expect(breaker.note(.dead, of: .ordinary, at: at(0)) == (count == 3)) }
        return breaker
    }

    @Test func `is left alone after the last of so many failures`() {
        var breaker = CircuitBreaker(threshold: 3, spans: .seconds(5) ... .seconds(25))
        for _ in 1...2 { breaker.note(.dead, of: .ordinary, at: at(0)) }
        #expect(breaker.permit(at: at(0)) == .ordinary)
        #expect(!breaker.isRefusing(at: at(0)))
        #expect(breaker.note(.dead, of: .ordinary, at: at(0)) == true)
        #expect(breaker.permit(at: at(0)) == nil)
        #expect(breaker.permit(at: at(4)) == nil)
        #expect(breaker.isRefusing(at: at(4)))
        #expect(breaker.timeLeft(at: at(4)) == .seconds(1))
    }

    @Test func `is forgiven by one answer`() {
        var breaker = CircuitBreaker(threshold: 3, spans: .seconds(5) ... .seconds(25))
        for _ in 1...5 {
            for _ in 1...2 { breaker.note(.dead, of: .ordinary, at: at(0)) }
            #expect(!breaker.isAtRest)
            breaker.note(.none, of: .ordinary, at: at(0))
            #expect(!breaker.isAtRest)
            #expect(breaker.note(.alive, of: .ordinary, at: at(0)) == false)
            #expect(breaker.isAtRest)
        }
        #expect(breaker.timeLeft(at: at(0)) == nil)
    }

    @Test func `is tried by one request when the time is up`() {
        var breaker = opened()
        #expect(!breaker.isRefusing(at: at(5)))
        #expect(breaker.permit(at: at(5)) == .probe)
        #expect(breaker.permit(at: at(5)) == nil)
        #expect(breaker.permit(at: at(1000)) == nil)
        #expect(breaker.isRefusing(at: at(1000)))
        #expect(breaker.timeLeft(at: at(6)) == .zero)
        #expect(breaker.note(.alive, of: .probe, at: at(7)) == true)
        #expect(breaker.permit(at: at(7)) == .ordinary)
        #expect(breaker.isAtRest)
    }

    @Test func `is left alone for twice as long after each failed try, up to a limit`() {
        var breaker = opened()
        var now = 5
        for span in [10, 20, 25, 25] {
            #expect(breaker.permit(at: at(now)) == .probe)
            breaker.note(.dead, of: .probe, at: at(now))
            #expect(breaker.permit(at: at(now + span - 1)) == nil)
            now += span
        }
        #expect(breaker.permit(at: at(now)) == .probe)
        breaker.note(.alive, of: .probe, at: at(now))
        for _ in 1...3 { breaker.note(.dead, of: .ordinary, at: at(now)) }
        #expect(breaker.timeLeft(at: at(now)) == .seconds(5), "the next time begins from the beginning")
    }

    @Test func `is tried by the next when a try comes to nothing`() {
        var breaker = opened()
        #expect(breaker.permit(at: at(5)) == .probe)
        breaker.note(.none, of: .probe, at: at(6))
        #expect(breaker.permit(at: at(6)) == .probe)
    }

    @Test func `is judged by no late failure of before`() {
        var breaker = opened()
        breaker.note(.dead, of: .ordinary, at: at(4))
        #expect(breaker.permit(at: at(5)) == .probe)
        breaker.note(.dead, of: .ordinary, at: at(6))
        breaker.note(.none, of: .ordinary, at: at(6))
        #expect(breaker.permit(at: at(6)) == nil, "the probe is still out")
        breaker.note(.dead, of: .probe, at: at(7))
        #expect(breaker.permit(at: at(16)) == nil)
        #expect(breaker.permit(at: at(17)) == .probe)
    }

    @Test func `is back when a late answer of before says so`() {
        var breaker = opened()
        #expect(breaker.note(.alive, of: .ordinary, at: at(1)) == true)
        #expect(breaker.permit(at: at(1)) == .ordinary)
    }
}
