internal import CCurl

/// Sets the options of a handle and remembers the first that was refused.
struct EasyOptions {
    private let functions: UnsafePointer<ccurl>
    private let easy: UnsafeMutableRawPointer  // CURL, borrowed
    private(set) var failure: CURLcode?

    init(_ easy: UnsafeMutableRawPointer, _ library: CurlLibrary) {
        self.easy = easy
        self.functions = library.functions
    }

    mutating func set(_ option: CURLoption, _ value: Int) {
        note(ccurl_set_long(functions, easy, option, value))
    }

    mutating func set(_ option: CURLoption, size: Int) {
        note(ccurl_set_size(functions, easy, option, curl_off_t(size)))
    }

    /// libcurl keeps a copy of the text.
    mutating func set(_ option: CURLoption, _ value: String?) {
        note(ccurl_set_text(functions, easy, option, value))
    }

    /// What is pointed to has to outlive the handle.
    mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        note(ccurl_set_pointer(functions, easy, option, pointer))
    }

    mutating func set(_ option: CURLoption, _ function: @escaping curl_write_callback) {
        note(ccurl_set_data_function(functions, easy, option, function))
    }

    mutating func setSocketOpener(_ function: @escaping curl_opensocket_callback) {
        note(ccurl_set_socket_opener(functions, easy, function))
    }

    private mutating func note(_ code: CURLcode) {
        if code != CURLE_OK, failure == nil { failure = code }
    }
}
