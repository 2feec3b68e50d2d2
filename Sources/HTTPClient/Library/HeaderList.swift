import BridgeCore
internal import CCurl
import HTTPMessage

/// The header fields of one request as libcurl takes them; they have to outlive the handle they are given to.
struct HeaderList: ~Copyable {
    private let library: CurlLibrary
    private(set) var list: UnsafeMutablePointer<curl_slist>?  // owned
    /// Whether memory was short.
    private(set) var isIncomplete = false

    init(_ library: CurlLibrary) {
        self.library = library
    }

    deinit { library.functions.pointee.slist_free_all(list) }

    /// Adds a field; one without a value is left out, since libcurl would take it for one to leave out itself.
    mutating func append(_ field: HTTPField) {
        if !field.value.text.isEmpty { append(line: "\(field.name.text): \(field.value.text)".utf8CString.span) }
    }

    /// Has libcurl leave out a field that it would add.
    mutating func remove(_ name: StaticString) {
        append(line: "\(name):".utf8CString.span)
    }

    /// Adds `Authorization: Bearer`; `false` where the token has bytes that no field may have.
    mutating func append(bearer token: Secret) -> Bool {
        var line = "Authorization: Bearer ".utf8.map { CChar(bitPattern: $0) }
        defer { line.withUnsafeMutableBytes { $0.initializeMemory(as: UInt8.self, repeating: 0) } }
        let isLegal = token.withBytes { bytes in
            for index in bytes.indices {
                guard (0x21...0x7E).contains(bytes[index]) else { return false }
                line.append(CChar(bitPattern: bytes[index]))
            }
            return !bytes.isEmpty
        }
        line.append(0)
        if isLegal { append(line: line.span) }
        return isLegal
    }

    private mutating func append(line: borrowing Span<CChar>) {
        let longer = line.withUnsafeBufferPointer { library.functions.pointee.slist_append(list, $0.baseAddress) }
        if let longer { list = longer } else { isIncomplete = true }
    }
}
