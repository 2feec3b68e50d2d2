import BridgeCore
internal import CCurl
import HTTPMessage

// Limits, trust, proxies.
extension Transfer {
    func setLimits(_ options: inout EasyOptions, _ configuration: HTTPClient.Configuration) {
        options.set(CURLOPT_NOSIGNAL, 1)
        // Without it, dropping a transfer waits for a resolver that is stuck, and the loop with it.
        options.set(CURLOPT_QUICK_EXIT, 1)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectLimit.wholeMilliseconds)
        options.set(CURLOPT_MAXFILESIZE_LARGE, size: max(1, request.responseLimit))  // 0 would be no limit
        options.set(CURLOPT_USERAGENT, configuration.userAgent.text)
        // An idle connection may be closed from the other side just when a request is on its way.
        options.set(CURLOPT_MAXAGE_CONN, 30)
        options.set(CURLOPT_MAXLIFETIME_CONN, 600)  // so that a name that has moved is followed
    }

    func setTrust(_ options: inout EasyOptions, _ configuration: HTTPClient.Configuration) {
        options.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        // The extra roots take the place of the system's bundle; the system's directory, of which only the certificate
        // that is needed is read, has the same roots. Reading the bundle takes 30 ms for each connection.
        let directory = configuration.rootsDirectory ?? library.rootsDirectory
        options.set(CURLOPT_CAINFO, configuration.extraRootsFile)
        options.set(CURLOPT_CAPATH, directory)
        options.set(CURLOPT_PROXY_CAINFO, configuration.extraRootsFile)
        options.set(CURLOPT_PROXY_CAPATH, directory)
    }

    /// Both are always set: libcurl would look into the environment otherwise.
    func setProxy(_ options: inout EasyOptions) {
        options.set(CURLOPT_PROXY, route.proxy?.url ?? "")
        options.set(CURLOPT_NOPROXY, "")
        guard let proxy = route.proxy else { return }
        options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        options.set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))  // our fields are not for the proxy
        options.set(CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        proxy.credentials?.withBytes { bytes in
            bytes.withUnsafeBufferPointer {
                options.set(CURLOPT_PROXYUSERPWD, String(decoding: $0, as: UTF8.self))
            }
        }
    }
}

extension Duration {
    /// Rounded up.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = max(self, .zero).components
        return Int(clamping: seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
