import BridgeCore
internal import CCurl
import EventLoop
import Glibc
import HTTPMessage

/// One attempt to get a response: an easy handle of libcurl, and all that has to live as long as it. Only on its loop.
final class Transfer {
    /// How and where a request is sent.
    struct Route {
        let rule: AddressRule
        let proxy: Proxy?
    }

    let request: OutgoingRequest
    let route: Route
    let library: CurlLibrary
    let easy: UnsafeMutableRawPointer  // CURL, owned
    private let errorText: UnsafeMutableBufferPointer<CChar>  // owned; libcurl writes into it
    private let body: UnsafeMutableBufferPointer<UInt8>  // owned; libcurl reads from it; ends with a 0 of ours
    private var headers: HeaderList
    private(set) var opener: SocketOpener
    private(set) var response: ResponseCollector

    /// - Throws: `internal` when memory is short, or the bearer token holds bytes that cannot be sent.
    init(
        _ request: OutgoingRequest, route: Route, configuration: HTTPClient.Configuration, _ library: CurlLibrary
    ) throws(SendError) {
        let headers = try Self.headers(of: request, library)
        guard let easy = library.functions.pointee.easy_init() else { throw Self.noMemory }
        self.request = request
        self.route = route
        self.library = library
        self.easy = easy
        self.headers = headers
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0)
        body = Self.copy(request.body)
        opener = SocketOpener(route.rule)
        response = ResponseCollector(bodyLimit: request.responseLimit)
        var options = EasyOptions(easy, library)
        setRequest(&options)
        setLimits(&options, configuration)
        setTrust(&options, configuration)
        setProxy(&options)
        setCallbacks(&options)
        if let failure = options.failure {
            throw SendError(.local, .internal, "libcurl refuses an option: \(library.text(failure))")
        }
    }

    deinit {
        library.functions.pointee.easy_cleanup(easy)
        errorText.deallocate()
        if let start = body.baseAddress { explicit_bzero(start, body.count) }
        body.deallocate()
    }

    /// Has it take and leave its TLS sessions there.
    func share(sessions: UnsafeMutableRawPointer) {
        _ = ccurl_set_pointer(library.functions, easy, CURLOPT_SHARE, sessions)
    }

    /// Has it open a connection, and leave alone those that are kept.
    func openConnection() {
        _ = ccurl_set_long(library.functions, easy, CURLOPT_FRESH_CONNECT, 1)
    }

    /// What libcurl's last word comes to.
    func result(_ code: CURLcode) -> Result<IncomingResponse, SendError> {
        guard code == CURLE_OK else { return .failure(failure(code)) }
        // An end in the middle of the fields is the end of a response to libcurl.
        guard response.hasWholeHead else { return .failure(failure(CURLE_PARTIAL_FILE)) }
        let status = HTTPStatus(rawValue: UInt16(clamping: number(CURLINFO_RESPONSE_CODE)))
        return .success(IncomingResponse(status, fields: response.fields, body: response.body))
    }

    /// What libcurl says about a failure.
    var message: String { errorText.baseAddress.map { String(cString: $0) } ?? "" }

    /// A number that libcurl knows of the transfer; 0 where it knows none.
    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(library.functions, easy, info, &value) == CURLE_OK ? value : 0
    }

    /// Whether the step that `info` is the time of has been taken.
    func hasTime(_ info: CURLINFO) -> Bool {
        var value: curl_off_t = 0
        return ccurl_get_size(library.functions, easy, info, &value) == CURLE_OK && value > 0
    }

    static let noMemory = SendError(.local, .internal, "libcurl has no memory")

    private static func copy(_ body: RequestBody?) -> UnsafeMutableBufferPointer<UInt8> {
        (body?.content ?? Secret([])).withBytes { bytes in
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count + 1)
            copy.initialize(repeating: 0)
            for index in bytes.indices { copy[index] = bytes[index] }
            return copy
        }
    }
}

// The request.
extension Transfer {
    /// What the sender says by itself, or what concerns the connection.
    private static let ours: Set<HTTPFieldName> = Set(
        [
            "Host", "Content-Length", "Content-Type", "Authorization", "Expect", "User-Agent", "Connection",
            "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Proxy-Authorization", "Proxy-Connection",
        ].compactMap(HTTPFieldName.init))

    private static func headers(of request: OutgoingRequest, _ library: CurlLibrary) throws(SendError) -> HeaderList {
        var headers = HeaderList(library)
        for field in request.fields.list where !ours.contains(field.name) { headers.append(field) }
        headers.remove("Expect")  // nobody waits for 100-continue
        if let body = request.body {
            headers.append(HTTPField(.contentType, body.contentType))
        } else {
            headers.remove("Content-Type")  // libcurl takes every POST for a form
        }
        if let token = request.bearerToken, !headers.append(bearer: token) {
            throw SendError(.local, .internal, "the bearer token for \(request.url) is empty or has illegal characters")
        }
        guard !headers.isIncomplete else { throw noMemory }
        return headers
    }

    private func setRequest(_ options: inout EasyOptions) {
        options.set(CURLOPT_URL, "\(request.url.origin)\(request.url.target)")
        options.set(CURLOPT_PATH_AS_IS, 1)
        options.set(CURLOPT_PROTOCOLS_STR, request.url.origin.isSecure ? "https" : "http")
        options.set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        options.set(CURLOPT_HTTPHEADER, pointer: headers.list)
        switch request.method {
        case .get where request.body == nil: options.set(CURLOPT_HTTPGET, 1)
        case .head: options.set(CURLOPT_NOBODY, 1)
        case .post: setBody(&options)
        case .get, .put, .patch, .delete, .options:
            if request.body != nil || request.method == .put || request.method == .patch { setBody(&options) }
            options.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
    }

    private func setBody(_ options: inout EasyOptions) {
        options.set(CURLOPT_POST, 1)
        options.set(CURLOPT_POSTFIELDSIZE_LARGE, size: body.count - 1)
        options.set(CURLOPT_POSTFIELDS, pointer: body.baseAddress)
    }
}

// What libcurl calls.
extension Transfer {
    private func setCallbacks(_ options: inout EasyOptions) {
        let context = Unmanaged.passUnretained(self).toOpaque()  // the handle goes in `deinit`
        options.set(CURLOPT_ERRORBUFFER, pointer: errorText.baseAddress)
        options.set(CURLOPT_HEADERDATA, pointer: context)
        options.set(CURLOPT_WRITEDATA, pointer: context)
        options.set(CURLOPT_OPENSOCKETDATA, pointer: context)
        // Whatever is not the number of bytes ends the transfer.
        options.set(CURLOPT_HEADERFUNCTION) { bytes, _, count, context in
            guard let bytes, let context else { return count &+ 1 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            let line = UnsafeRawBufferPointer(start: bytes, count: count).bindMemory(to: UInt8.self)
            return transfer.response.take(line: Span(_unsafeElements: line)) ? count : count &+ 1
        }
        options.set(CURLOPT_WRITEFUNCTION) { bytes, _, count, context in
            guard let bytes, let context else { return count &+ 1 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.response.take(body: UnsafeRawBufferPointer(start: bytes, count: count)) ? count : count &+ 1
        }
        options.setSocketOpener { context, _, address in
            guard let address, let context else { return -1 }
            return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().opener.open(address)
        }
    }
}
