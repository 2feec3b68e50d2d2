import BridgeCore
import EventLoop
import HTTPMessage

/// What a client keeps on its loop: a lane for each origin, and the transfers.
final class OriginTable: @unchecked Sendable {  // touched on the loop's thread only
    let configuration: HTTPClient.Configuration
    let loop: EventLoop
    let library: CurlLibrary
    /// `nil` once the client is gone.
    private(set) var multi: CurlMulti?
    private var lanes: [WebOrigin: OriginLane] = [:]
    private var exchanges: [ObjectIdentifier: Exchange] = [:]

    init(
        _ configuration: HTTPClient.Configuration, loop: EventLoop, multi: CurlMulti, _ library: CurlLibrary
    ) {
        self.configuration = configuration
        self.loop = loop
        self.multi = multi
        self.library = library
    }

    /// The lane for requests to `origin`.
    func lane(for origin: WebOrigin) -> OriginLane {
        if let lane = lanes[origin] { return lane }
        // An environment whose people have gone leaves nothing behind.
        if lanes.count >= 1000 { lanes = lanes.filter { !$0.value.isAtRest } }
        let lane = OriginLane(origin, configuration)
        lanes[origin] = lane
        return lane
    }

    /// Keeps `exchange` until it has ended; `false` when the client is gone.
    func add(_ exchange: Exchange) -> Bool {
        guard multi != nil else { return false }
        exchanges[ObjectIdentifier(exchange)] = exchange
        return true
    }

    func remove(_ exchange: Exchange) {
        exchanges[ObjectIdentifier(exchange)] = nil
    }

    /// Ends every exchange and closes every connection. Whoever lets go of this last may be on another thread, where
    /// that must not happen.
    func close() {
        for exchange in exchanges.values { exchange.cancel() }
        multi = nil
        lanes = [:]
    }
}
