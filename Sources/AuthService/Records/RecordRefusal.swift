package import BridgeCore

/// Why nothing can be filtered by a record: the devices of everybody are never shown in place of one customer's.
package struct RecordRefusal: ReasonedError, Equatable {
    /// `configuration_invalid` where the mapping has no such type or the record has no usable value, `not_found` where the
    /// record has no value.
    package let code: ReasonCode
    package let detail: String
    package let hint: String?

    /// Equal when the code is: texts are for people.
    package static func == (left: RecordRefusal, right: RecordRefusal) -> Bool { left.code == right.code }

    /// The mapping knows `types` and not this one.
    static func unmapped(_ type: String, _ types: [String]) -> RecordRefusal {
        let near = Suggestion.nearest(to: type, among: types).map { "did you mean \($0)? If not, " } ?? ""
        return RecordRefusal(
            code: .configurationInvalid, detail: "records of type \(quoted(type)) are not mapped to any custom data",
            hint: "\(near)have an administrator add the type to recordMapping of the tenant")
    }

    /// The record has nothing in a field that is mapped.
    static func empty(_ field: String, of type: String) -> RecordRefusal {
        RecordRefusal(
            code: .notFound, detail: "the \(type) has no value in \(field), which the devices are filtered by",
            hint:
                "enter one in the record, or open the page \(EmbedPage.code.rawValue), where the agent enters the code "
                + "that the customer reads out")
    }

    /// The value of a field that is mapped cannot be one of custom data.
    static func unusable(_ field: String, of type: String, _ problem: String) -> RecordRefusal {
        RecordRefusal(
            code: .configurationInvalid, detail: "\(field) of the \(type) \(problem)",
            hint: "map a field that holds a short text, such as an e-mail address")
    }
}
