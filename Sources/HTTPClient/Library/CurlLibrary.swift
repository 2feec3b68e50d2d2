import BridgeCore
internal import CCurl
import Synchronization

/// libcurl, opened when the first client is made and kept until the process ends.
final class CurlLibrary: @unchecked Sendable {  // the functions are written before anybody else sees them
    /// The functions. Never freed: handles of theirs may live as long as the process.
    let functions: UnsafePointer<ccurl>
    /// The directory of root certificates, hashed as `openssl rehash` does, that it was built for.
    let rootsDirectory: String

    /// The one library of the process, or what is wrong with it.
    static let shared = Result { () throws(HTTPClientError) in try CurlLibrary() }

    private init() throws(HTTPClientError) {
        let functions = UnsafeMutablePointer<ccurl>.allocate(capacity: 1)
        if let problem = ccurl_open(functions) {
            throw HTTPClientError(
                .configurationInvalid, "outgoing calls need libcurl: \(String(cString: problem))",
                hint: "install it; on Debian: apt-get install libcurl4")
        }
        guard let info = functions.pointee.version_info(CURLVERSION_TENTH)?.pointee else {
            throw HTTPClientError(.internal, "libcurl does not say which version it is")
        }
        try Self.check(info)
        guard functions.pointee.global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else {
            throw HTTPClientError(.internal, "libcurl cannot be initialized")
        }
        self.functions = UnsafePointer(functions)
        self.rootsDirectory = info.capath.map { String(cString: $0) } ?? "/etc/ssl/certs"
    }

    private static func check(_ info: curl_version_info_data) throws(HTTPClientError) {
        let version = info.version.map { String(cString: $0) } ?? "unknown"
        let tls = info.ssl_version.map { String(cString: $0) } ?? "none"
        let hint = "install Debian's libcurl4, which is libcurl with OpenSSL"
        // 7.87 is the first that can drop a transfer without waiting for the resolver (CURLOPT_QUICK_EXIT).
        guard info.version_num >= 0x07_57_00 else {
            throw HTTPClientError(.configurationInvalid, "libcurl \(version) is older than 7.87", hint: hint)
        }
        guard tls.hasPrefix("OpenSSL/") else {
            throw HTTPClientError(
                .configurationInvalid, "libcurl \(version) does TLS with \(tls) instead of OpenSSL", hint: hint)
        }
        guard info.features & CURL_VERSION_ASYNCHDNS != 0 else {
            throw HTTPClientError(
                .configurationInvalid, "libcurl \(version) stands still while it resolves names", hint: hint)
        }
    }

    /// What `code` means, in libcurl's words.
    func text(_ code: CURLcode) -> String {
        functions.pointee.easy_strerror(code).map { String(cString: $0).lowercased() } ?? "error \(code.rawValue)"
    }

    /// What `code` means, in libcurl's words.
    func text(_ code: CURLMcode) -> String {
        functions.pointee.multi_strerror(code).map { String(cString: $0).lowercased() } ?? "error \(code.rawValue)"
    }
}
