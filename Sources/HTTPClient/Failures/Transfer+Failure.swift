import BridgeCore
internal import CCurl
import Glibc
import HTTPMessage

// What a transfer failed of. Texts name the origin, never what was asked there.
extension Transfer {
    private var origin: WebOrigin { request.url.origin }

    /// The failure behind `code`.
    func failure(_ code: CURLcode) -> SendError {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return unresolved(origin.host)
        case CURLE_COULDNT_RESOLVE_PROXY: return unresolved("the proxy \(proxyText)")
        case CURLE_COULDNT_CONNECT: return unconnected()
        case CURLE_OPERATION_TIMEDOUT: return connectTimeout()
        case CURLE_SSL_CONNECT_ERROR: return handshake()
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: return certificate()
        case CURLE_SSL_CACERT_BADFILE: return badRoots()
        case CURLE_WRITE_ERROR, CURLE_FILESIZE_EXCEEDED: return tooLarge()
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2_STREAM,
            CURLE_HTTP2:
            return proxyRefusal ?? interrupted(code)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING:
            return malformed(library.text(code))
        case CURLE_OUT_OF_MEMORY where hasTime(CURLINFO_PRETRANSFER_TIME_T):
            return malformed("a header field is too long")  // libcurl's limit of 100 KiB has no code of its own
        default:
            return SendError(.local, .internal, "the request to \(origin) failed: \(library.text(code))")
        }
    }

    /// Whether a connection has ended that was there before this transfer. A stream of it that the server resets is
    /// none: the connection goes on, and the server has answered.
    func hasLostKeptConnection(_ code: CURLcode) -> Bool {
        guard !opener.hasOpened else { return false }
        switch code {
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2: return true
        case CURLE_OK: return !response.hasWholeHead
        default: return false
        }
    }

    /// The time that the request has for everything is up.
    func expired(after limit: Duration) -> SendError {
        let what =
            if response.byteCount > 0 {
                "sent \(response.byteCount) bytes of its response"
            } else if hasTime(CURLINFO_PRETRANSFER_TIME_T) {
                "did not answer"
            } else if hasTime(CURLINFO_NAMELOOKUP_TIME_T) {
                "let no connection come about"
            } else {
                "was not found"
            }
        return SendError(
            .deadline, .upstreamUnavailable, "\(origin) \(what) within \(limit)", hint: Self.tryAgain)
    }

    private static let tryAgain = "try again; if it lasts, look at the provider's status page and the network"

    private var proxyText: String { route.proxy.map { "\($0.origin)" } ?? "" }

    private func unresolved(_ name: String) -> SendError {
        SendError(
            .unresolved, .upstreamUnavailable, "no address was found for \(name)",
            hint: "look for a mistake in the name; otherwise check this machine's DNS")
    }

    private func unconnected() -> SendError {
        if let failure = opener.failure {
            return SendError(
                .local, .internal, "no socket for \(origin): \(Self.text(failure))",
                hint: failure == EMFILE ? "raise the limit of open files (LimitNOFILE)" : nil)
        }
        if opener.refused != nil, !opener.hasOpened { return .addressNotAllowed(opener.refused, of: origin) }
        if let proxyRefusal { return proxyRefusal }
        let number = CInt(truncatingIfNeeded: number(CURLINFO_OS_ERRNO))
        let reason = number == 0 ? "no connection" : Self.text(number)
        let place = route.proxy == nil ? "\(origin)" : "the proxy \(proxyText)"
        return SendError(
            .unconnected, .upstreamUnavailable, "cannot connect to \(place): \(reason)", hint: Self.tryAgain)
    }

    /// The proxy was reached, and would not connect.
    private var proxyRefusal: SendError? {
        let status = number(CURLINFO_HTTP_CONNECTCODE)
        guard route.proxy != nil, status != 0, status / 100 != 2 else { return nil }
        return SendError(
            .unconnected, .upstreamUnavailable,
            "the proxy \(proxyText) does not connect to \(origin): status \(status)",
            hint: status == 407
                ? "https_proxy needs a user name and a password that the proxy accepts"
                : "ask whoever runs the proxy to let the bridge through")
    }

    private func connectTimeout() -> SendError {
        let isResolved = hasTime(CURLINFO_NAMELOOKUP_TIME_T)
        let reason =
            isResolved ? "the connection, with its TLS handshake, took too long" : "its name was not resolved in time"
        return SendError(
            isResolved ? .unconnected : .unresolved, .upstreamUnavailable, "cannot connect to \(origin): \(reason)",
            hint: Self.tryAgain)
    }

    private func handshake() -> SendError {
        let reason = HandshakeMessage.reason(message)
        return SendError(
            .handshake, .upstreamUnavailable, "no TLS connection to \(origin): \(reason)",
            hint: HandshakeMessage.hint(for: reason))
    }

    private func certificate() -> SendError {
        let ofProxy = number(CURLINFO_PROXY_SSL_VERIFYRESULT)
        let host = ofProxy != 0 ? "the proxy \(proxyText)" : origin.host
        let code = ofProxy != 0 ? ofProxy : number(CURLINFO_SSL_VERIFYRESULT)
        let problem = CertificateProblem(code: code, message: message, host: host)
        return SendError(.certificate, .upstreamUnavailable, problem.detail, hint: problem.hint)
    }

    private func badRoots() -> SendError {
        SendError(
            .local, .configurationInvalid, "tls__ca_file cannot be read, or holds no certificate",
            hint: "the file holds root certificates in PEM")
    }

    private func tooLarge() -> SendError {
        let what =
            response.excess == .head
            ? "header fields of the response are over \(ResponseCollector.headLimit) bytes, "
                + "or more than \(ResponseCollector.fieldLimit)"
            : "response is over \(request.responseLimit) bytes"
        return SendError(.tooLarge, .upstreamUnavailable, "the \(what): \(origin)", hint: Self.tryAgain)
    }

    private func interrupted(_ code: CURLcode) -> SendError {
        let what = response.byteCount == 0 ? "before it answered" : "in the middle of its response"
        return SendError(
            .interrupted, .upstreamUnavailable, "\(origin) ended the connection \(what)", hint: Self.tryAgain)
    }

    private func malformed(_ reason: String) -> SendError {
        SendError(
            .malformed, .upstreamUnavailable, "what \(origin) sent is no HTTP response: \(reason)",
            hint: "see whether the URL is that of the service meant")
    }

    private static func text(_ number: CInt) -> String { String(cString: strerror(number)).lowercased() }
}
