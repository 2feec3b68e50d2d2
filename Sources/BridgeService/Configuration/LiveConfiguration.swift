internal import Synchronization

/// The configuration that counts at the moment; a reload replaces it as a whole.
final class LiveConfiguration: Sendable {
    private let kept: Mutex<Configuration>

    init(_ configuration: Configuration) {
        kept = Mutex(configuration)
    }

    /// The configuration of this moment; whoever needs several settings that belong together asks once.
    var current: Configuration { kept.withLock(\.self) }

    func replace(_ configuration: Configuration) { kept.withLock { $0 = configuration } }
}
