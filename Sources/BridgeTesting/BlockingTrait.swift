// The static standard library, which releases are built with, comes without the testing library.
#if canImport(Testing)
    package import Testing

    /// Lets a test block: it runs, and its suite is made, on threads of its own (`onThread`), a few of them at once.
    package struct BlockingTrait: SuiteTrait, TestTrait, TestScoping {
        package let isRecursive = true
        private static let turns = Turns(atOnce: 8)

        package func provideScope(
            for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
        ) async throws {
            try await Self.turns.run { try await onThread(function) }
        }
    }

    extension Trait where Self == BlockingTrait {
        /// The test waits for sockets, processes or semaphores.
        package static var blocking: Self { Self() }
    }
#endif
