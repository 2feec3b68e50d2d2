internal import Dispatch
internal import Synchronization

/// Copies the write-ahead log into the database on a connection of its own, beside the writer and its commits.
final class Checkpointer: @unchecked Sendable {  // database is touched on `queue` only
    private let queue = DispatchQueue(label: "cobrowse-sso.store.checkpointer")
    private var database: SQLiteConnection?
    private let isRunning = Atomic(false)
    /// The length of the log at which the next checkpoint is due; the writer's own.
    private var nextAt = Checkpointer.usualFrames
    /// Its length after the transaction before; the writer's own.
    private var lastFrames = 0

    /// 4 MiB of pages: the log a checkpoint begins at, and again each time it has grown by as much.
    static let usualFrames = 1_024
    /// 64 MiB of pages: the log that makes the writer finish the checkpoint itself.
    ///
    /// The log only starts anew at a moment when all of it has been copied. Under a load that never pauses the
    /// checkpointer alone would not find one, and the log would grow for ever.
    static let mostFrames = 16_384

    init(_ database: SQLiteConnection) {
        self.database = database
    }

    /// Called by the writer between two transactions: the log now has `frames` pages.
    func logGrew(to frames: Int, writer: SQLiteConnection) {
        if frames < lastFrames { nextAt = Self.usualFrames }  // it began anew
        lastFrames = frames
        guard frames >= nextAt else { return }
        // Before the attempt: a reader may be in the way of it for long, and not every commit is to try again.
        nextAt = frames + (frames < Self.mostFrames ? Self.usualFrames : Self.usualFrames / 4)
        if frames >= Self.mostFrames, (try? writer.checkpoint()) == true { return }
        guard isRunning.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged else { return }
        queue.async {
            // A failure (full disk) loses nothing: the log holds everything, and a later checkpoint goes on.
            _ = try? self.database?.checkpoint()
            self.isRunning.store(false, ordering: .relaxed)
        }
    }

    /// Lets a running checkpoint finish and closes the connection.
    func close() async {
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            queue.async {
                self.database = nil
                continuation.resume()
            }
        }
    }
}
