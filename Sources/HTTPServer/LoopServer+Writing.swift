internal import CEvent
import Glibc

// Writing the responses.
extension LoopServer {
    /// How many responses wait for one another at most: so many requests may be worked on before the first is answered.
    private static let batchSize = 16

    /// Has the response of `connection` written together with those of the other requests that have just come.
    ///
    /// The first response to a client that sleeps wakes it, which costs more than the writing; the others find it awake.
    func writeSoon(_ connection: Connection) {
        unwritten.append(connection)
        if unwritten.count >= Self.batchSize {
            writeResponses()
        } else if unwritten.count == 1, let writing {
            event_active(writing, EV_TIMEOUT, 0)  // runs after what is active already, and before the next wait
        }
    }

    func writeResponses() {
        let connections = unwritten
        unwritten.removeAll(keepingCapacity: true)
        for connection in connections { connection.writeThrough() }
    }
}
