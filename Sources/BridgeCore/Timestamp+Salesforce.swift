extension Timestamp {
    /// Reads a time as Salesforce writes it: RFC 3339, the form of its APIs whose offset has no colon
    /// (`2026-11-20T09:30:00.000+0000`), or a date, which means its first second; `nil` for anything else.
    package init?(salesforce text: String) {
        if let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: "\(text)T00:00:00Z") {
            self = time
            return
        }
        guard text.utf8.count > 5 else { return nil }
        let offset = text.suffix(5)
        guard let time = Timestamp(rfc3339: "\(text.dropLast(5))\(offset.prefix(3)):\(offset.suffix(2))") else {
            return nil
        }
        self = time
    }
}
