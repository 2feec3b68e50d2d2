import BridgeTesting
import Testing

@testable import cobrowse_sso

@Suite("Work on several cores", .blocking)
struct InParallelTests {
    @Test("comes out in the order it was put in", arguments: [0, 1, 15, 16, 17, 1_000, 9_999])
    func order(count: Int) {
        let numbers = Array(0..<count)
        #expect(InParallel.map(numbers) { $0 * 3 } == numbers.map { $0 * 3 })
    }
}
