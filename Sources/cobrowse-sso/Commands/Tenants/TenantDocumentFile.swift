internal import AuthService
internal import BridgeCore

/// Reads documents that people write.
enum TenantDocumentFile {
    /// The JSON value in a file; what is no JSON is refused with line and column.
    static func value(_ input: InputFile) throws(CommandFailure) -> JSONValue {
        try reading(input) { bytes throws(DocumentError) in try DocumentText.value(bytes) }
    }

    /// The tenant document in a file.
    static func read(_ input: InputFile) throws(CommandFailure) -> TenantDocument {
        try reading(input) { bytes throws(DocumentError) in try TenantDocument(parsing: bytes) }
    }

    /// Runs `body` on the bytes of a file; what is wrong with the document is told with the file's name.
    static func reading<Value>(
        _ input: InputFile, _ body: ([UInt8]) throws(DocumentError) -> Value
    ) throws(CommandFailure) -> Value {
        let bytes = try input.bytes()
        do throws(DocumentError) {
            return try body(bytes)
        } catch {
            throw CommandFailure(
                error.code, "\(input.name): \(error.detail)", hint: error.hint, exitStatus: .unreadableInput)
        }
    }
}
