internal import AuthService
internal import BridgeCore
internal import EventLoop
internal import Synchronization

/// Removes what has outlived its time, every hour, and looks at what will; the log hears what it was.
final class Housekeeper: Sendable {
    /// One kind of things to remove: its name in the log, and how to remove them, which says how many there were.
    private struct Chore: Sendable {
        let name: String
        let remove: @Sendable (Housekeeper, Timestamp) async throws(StoreError) -> Int
    }

    private let store: any Store
    private let directory: LoginDirectory
    private let live: LiveConfiguration
    private let clock: any WallClock
    private let log: any Log
    private let certificates: CertificateWatch
    private let credentials: CredentialWatch
    private let isRunning = Mutex(false)

    private static let interval = Duration.seconds(3_600)
    /// How long after the start it begins: the first logins have the store for themselves.
    private static let delay = Duration.seconds(60)

    /// All there is to do, in order.
    private static let chores = [
        // What a removal has left that did not come to its end.
        Chore(name: "rows of removed tenants") { keeper, _ async throws(StoreError) in
            try await keeper.store.removeRemains(of: nil)
        },
        Chore(name: "decisions") { keeper, now async throws(StoreError) in try await keeper.removeDecisions(now) },
        Chore(name: "revocations") { keeper, now async throws(StoreError) in
            keeper.directory.removeExpiredRevocations(at: now)
            return try await keeper.store.removeExpiredRevocations(at: now)
        },
        Chore(name: "keyUses") { keeper, now async throws(StoreError) in
            try await keeper.store.removeKeyUses(before: now.adding(seconds: -keeper.live.current.keepDecisions))
        },
        Chore(name: "certificates") { keeper, now async throws(StoreError) in
            try await keeper.certificates.look(at: now)
            return 0
        },
        Chore(name: "credentials") { keeper, now async throws(StoreError) in
            try await keeper.credentials.look(at: now)
            return 0
        },
    ]

    init(store: any Store, directory: LoginDirectory, live: LiveConfiguration, clock: any WallClock, log: any Log) {
        self.store = store
        self.directory = directory
        self.live = live
        self.clock = clock
        self.log = log
        certificates = CertificateWatch(store: store, log: log)
        credentials = CredentialWatch(store: store, log: log)
    }

    /// Begins soon, and again every hour, on `loop`'s clock.
    func start(on loop: EventLoop) {
        loop.schedule(after: Self.delay) { [self] in begin(on: loop) }
        loop.schedule(after: Self.interval, repeats: true) { [self] in begin(on: loop) }
    }

    private func begin(on loop: EventLoop) {
        let mayRun = isRunning.withLock { isRunning in
            defer { isRunning = true }
            return !isRunning
        }
        guard mayRun else { return }  // the one before has much to do
        Task(executorPreference: loop) { [self] in
            await run()
            isRunning.withLock { $0 = false }
        }
    }

    /// Does every chore once; one that fails keeps none of the others from being done.
    func run() async {
        for chore in Self.chores {
            do throws(StoreError) {
                let count = try await chore.remove(self, clock.now)
                if count > 0 {
                    log.write(.info, "housekeeping", [("removed", .text(chore.name)), ("count", .number(count))])
                }
            } catch {
                log.write(
                    .error, "housekeeping_failed", [("what", .text(chore.name)), ("detail", .text(error.detail))])
            }
        }
    }

    private func removeDecisions(_ now: Timestamp) async throws(StoreError) -> Int {
        let end = now.adding(seconds: -live.current.keepDecisions)
        return try await store.removeDecisions(before: end, audit: AuditStamp(.bridge, at: now))
    }
}
