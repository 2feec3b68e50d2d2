internal import BridgeCore

/// The form of API names of a CRM: `Case`, `Email__c`, `acme__Invoice__c`; labels, which people see, are other texts.
enum APIName {
    /// What is wrong with a name: goes behind it, and what to do.
    struct Flaw: Sendable, Hashable {
        let problem: String
        let hint: String
    }

    /// How many relationships a field is away at most (SOQL's limit of child-to-parent relationships).
    private static let relationshipLimit = 5

    /// What keeps `name` from being the type of a record.
    static func flaw(ofType name: String) -> Flaw? {
        guard isSegment(name) else { return noName("record type", name) }
        return name.lowercased().hasSuffix("__r")
            ? Flaw(problem: "is a relationship and no record type", hint: "custom types end in __c") : nil
    }

    /// What keeps `name` from being a field: of the record itself, or one that relationships lead to.
    static func flaw(ofField name: String) -> Flaw? {
        let segments = name.split(separator: ".", omittingEmptySubsequences: false)
        guard segments.allSatisfy(isSegment) else { return noName("field", name) }
        guard segments.count <= relationshipLimit + 1 else {
            return Flaw(problem: "leads over \(segments.count - 1) relationships", hint: "at most \(relationshipLimit)")
        }
        let suffixes = segments.map { $0.lowercased().suffix(3) }
        if suffixes.dropLast().contains("__c") {
            return Flaw(problem: "leads over a field", hint: "a custom relationship ends in __r: Account__r.Email__c")
        }
        return suffixes.last == "__r"
            ? Flaw(problem: "ends at a relationship", hint: "name a field behind it: Account__r.Email__c") : nil
    }

    private static func noName(_ what: String, _ name: String) -> Flaw {
        Flaw(
            problem: "is no API name of a \(what)",
            hint: "copy the API name, not the label: letters, digits and _, such as ContactEmail, Email__c"
                + (what == "field" ? " or Contact.Email" : ""))
    }

    /// A letter, then letters, digits and single underscores; namespace and suffix stand apart by two.
    private static func isSegment(_ text: some StringProtocol) -> Bool {
        guard (1...80).contains(text.utf8.count), text.utf8.first.map(ASCII.isLetter) == true,
            text.utf8.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "_") })
        else { return false }
        let parts = text.split(separator: "__", omittingEmptySubsequences: false)
        return parts.count <= 3 && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix("_") && !$0.hasSuffix("_") }
    }
}
