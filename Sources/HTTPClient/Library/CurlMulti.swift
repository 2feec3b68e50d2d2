import BridgeCore
internal import CCurl
import EventLoop
import HTTPMessage

/// The transfers of one loop: libcurl's multi interface, driven by the sockets and timers of the loop. Only on its
/// thread.
final class CurlMulti: @unchecked Sendable {  // touched on the loop's thread only
    private let loop: EventLoop
    private let library: CurlLibrary
    private let handle: UnsafeMutableRawPointer  // CURLM, owned
    private let share: UnsafeMutableRawPointer  // CURLSH, owned: the TLS sessions, which handles do not share otherwise
    private var watches: [CInt: SocketWatch] = [:]
    private var timer: LoopTimer?
    private var transfers: [UnsafeMutableRawPointer: (transfer: Transfer, done: (CURLcode) -> Void)] = [:]

    /// - Parameter idleLimit: how many connections are kept for the next requests.
    init(on loop: EventLoop, _ library: CurlLibrary, idleLimit: Int) throws(HTTPClientError) {
        let functions = library.functions.pointee
        let noMemory = HTTPClientError(.internal, "libcurl has no memory")
        guard let share = functions.share_init() else { throw noMemory }
        guard ccurl_share_sessions(library.functions, share) == CURLSHE_OK, let handle = functions.multi_init() else {
            _ = functions.share_cleanup(share)
            throw noMemory
        }
        self.loop = loop
        self.library = library
        self.share = share
        self.handle = handle
        try configure(idleLimit)
    }

    deinit {
        let functions = library.functions.pointee
        _ = ccurl_multi_set_callbacks(library.functions, handle, nil, nil, nil)  // whose context is going
        timer?.cancel()
        watches = [:]
        for (easy, _) in transfers { _ = functions.multi_remove_handle(handle, easy) }
        transfers = [:]  // handles go before the sessions they share
        _ = functions.multi_cleanup(handle)
        _ = functions.share_cleanup(share)
    }

    /// Begins `transfer`.
    ///
    /// - Parameter done: told on a later turn of the loop how it ended, unless it is removed before.
    func add(_ transfer: Transfer, done: @escaping (CURLcode) -> Void) throws(SendError) {
        transfer.share(sessions: share)
        let code = library.functions.pointee.multi_add_handle(handle, transfer.easy)
        guard code == CURLM_OK else {
            throw SendError(.local, .internal, "libcurl takes no transfer: \(library.text(code))")
        }
        transfers[transfer.easy] = (transfer, done)
    }

    /// Ends `transfer` without a word.
    func remove(_ transfer: Transfer) {
        guard transfers.removeValue(forKey: transfer.easy) != nil else { return }
        _ = library.functions.pointee.multi_remove_handle(handle, transfer.easy)
    }

    /// - Parameter descriptor: -1 when it is only the time that has come.
    private func act(on descriptor: CInt, _ flags: CInt) {
        var running: CInt = 0
        _ = library.functions.pointee.multi_socket_action(handle, descriptor, flags, &running)
        collect()
    }

    /// Tells about the transfers that have ended; whoever is told may begin and end others.
    private func collect() {
        var left: CInt = 0
        while let message = library.functions.pointee.multi_info_read(handle, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result  // the message is gone after the removal
            guard let (_, done) = transfers.removeValue(forKey: easy) else { continue }
            _ = library.functions.pointee.multi_remove_handle(handle, easy)
            done(code)
        }
    }
}

// What libcurl asks of the loop.
extension CurlMulti {
    private func configure(_ idleLimit: Int) throws(HTTPClientError) {
        let context = Unmanaged.passUnretained(self).toOpaque()  // taken back in `deinit`
        var code = ccurl_multi_set_callbacks(
            library.functions, handle,
            { _, descriptor, what, context, _ in
                guard let context else { return 0 }
                Unmanaged<CurlMulti>.fromOpaque(context).takeUnretainedValue().watch(descriptor, what)
                return 0
            },
            { _, milliseconds, context in
                guard let context else { return 0 }
                Unmanaged<CurlMulti>.fromOpaque(context).takeUnretainedValue().wake(after: milliseconds)
                return 0
            }, context)
        if code == CURLM_OK { code = ccurl_multi_set_long(library.functions, handle, CURLMOPT_MAXCONNECTS, idleLimit) }
        guard code == CURLM_OK else {
            throw HTTPClientError(.internal, "libcurl cannot be set up: \(library.text(code))")
        }
    }

    private func watch(_ descriptor: CInt, _ what: CInt) {
        var interest: SocketReadiness = []
        if what & CURL_POLL_IN != 0, what != CURL_POLL_REMOVE { interest.insert(.read) }
        if what & CURL_POLL_OUT != 0, what != CURL_POLL_REMOVE { interest.insert(.write) }
        guard what != CURL_POLL_REMOVE else { return watches[descriptor] = nil }
        do {
            if let watch = watches[descriptor] { return try watch.update(to: interest) }
            watches[descriptor] = try SocketWatch(descriptor, for: interest, on: loop) { [unowned self] readiness in
                var flags: CInt = 0
                if readiness.contains(.read) { flags |= CURL_CSELECT_IN }
                if readiness.contains(.write) { flags |= CURL_CSELECT_OUT }
                act(on: descriptor, flags)
            }
        } catch {
            // Out of memory: the transfer ends with its deadline. An error here would end all of them.
            watches[descriptor] = nil
        }
    }

    private func wake(after milliseconds: Int) {
        timer?.cancel()
        timer = nil
        guard milliseconds >= 0 else { return }
        timer = loop.schedule(after: .milliseconds(milliseconds)) { [unowned self] in act(on: -1, 0) }
    }
}
