/// Something that whoever handed a file in should know about how it was read: what was repaired, taken or passed over.
package struct FileRemark: Sendable, Hashable {
    /// One clause in lower case that names the file.
    package let text: String
    /// What to do, if anything.
    package let hint: String?

    init(_ text: String, hint: String? = nil) {
        self.text = text
        self.hint = hint
    }
}

/// What was found in a file, with what is to be said about how.
package struct Found<Content: Sendable>: Sendable {
    package let content: Content
    package let remarks: [FileRemark]
}
