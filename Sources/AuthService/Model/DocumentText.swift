package import BridgeCore

/// JSON text of documents that people write.
package enum DocumentText {
    /// The value that `text` holds; what is no JSON is refused with line and column, both counted from 1.
    package static func value(_ text: some Collection<UInt8>) throws(DocumentError) -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(parsing: text)
        } catch {
            let (line, column) = position(of: error.offset, in: text)
            throw DocumentError(at: "", "line \(line), column \(column): \(error.kind.rawValue)")
        }
    }

    /// Line and column of the byte `offset`; columns count characters as an editor shows most of them (scalars).
    private static func position(of offset: Int, in text: some Collection<UInt8>) -> (line: Int, column: Int) {
        var (line, column) = (1, 1)
        for byte in text.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}
