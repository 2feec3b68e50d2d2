import BridgeCore
import Testing

@testable import cobrowse_sso

@Suite("The exit status of a reason code")
struct ExitStatusTests {
    static let exceptions: [(ReasonCode, Int32)] = [
        (.certificateMalformed, 3), (.certificateExpired, 4), (.keyTooSmall, 4), (.keyNotRSA, 4),
        (.privateKeyGiven, 4), (.passwordWrong, 4), (.keystoreUnsupported, 4), (.upstreamUnavailable, 5),
        (.upstreamThrottled, 5), (.rateLimited, 6), (.unauthenticated, 6), (.forbidden, 6),
        (.configurationInvalid, 7), (.notFound, 1), (.conflict, 1), (.internal, 8),
    ]

    @Test("is the documented number", arguments: exceptions)
    func documented(code: ReasonCode, status: Int32) {
        #expect(code.exitStatus.rawValue == status)
    }

    @Test("follows the category for all others")
    func categories() {
        let others = ReasonCode.allCases.filter { code in !Self.exceptions.contains { $0.0 == code } }
        #expect(others.count == ReasonCode.allCases.count - Self.exceptions.count)
        for code in others {
            let expected: Int32 = code.category == .connection ? 6 : 1
            #expect(code.category != .input, "\(code) is missing in the table")
            #expect(code.exitStatus.rawValue == expected)
        }
    }

    @Test("is kept by a failure that already has one")
    func kept() {
        let failure = CommandFailure(.notFound, "a.crt: no such file", exitStatus: .unreadableInput)
        #expect(CommandFailure(failure).exitStatus == .unreadableInput)
        #expect(CommandFailure(.notFound, "tenant").exitStatus == .answerIsNo)
        #expect(CommandFailure.usage("x", hint: nil).exitStatus.rawValue == 2)
    }
}
