import BridgeCore

/// The types of columns.
enum ODataType: String, Sendable, Hashable {
    case guid = "Edm.Guid"
    case text = "Edm.String"
    case boolean = "Edm.Boolean"
    case integer = "Edm.Int32"
    case time = "Edm.DateTimeOffset"
}

/// A value of a column or a literal.
enum ODataValue: Sendable, Hashable {
    case null
    case guid(GUID)
    case text(String)
    case boolean(Bool)
    case integer(Int64)
    case time(Timestamp)

    init(_ guid: GUID?) { self = guid.map { .guid($0) } ?? .null }
    init(_ text: String?) { self = text.map { .text($0) } ?? .null }

    /// `nil` for null, which is of every type.
    var type: ODataType? {
        switch self {
        case .null: nil
        case .guid: .guid
        case .text: .text
        case .boolean: .boolean
        case .integer: .integer
        case .time: .time
        }
    }

    /// Whether this comes before `other`; null comes first. Text is compared without regard to case, as the database does.
    func isBefore(_ other: ODataValue) -> Bool {
        switch (self, other) {
        case (.null, .null): false
        case (.null, _): true
        case (.guid(let left), .guid(let right)): left.value < right.value
        case (.text(let left), .text(let right)): left.lowercased() < right.lowercased()
        case (.integer(let left), .integer(let right)): left < right
        case (.time(let left), .time(let right)): left < right
        case (.boolean(let left), .boolean(let right)): !left && right
        default: false
        }
    }

    /// Whether both are the same value; text is compared without regard to case.
    func isSame(as other: ODataValue) -> Bool {
        if case .text(let left) = self, case .text(let right) = other { return left.lowercased() == right.lowercased() }
        return self == other
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .guid(let guid): writer.string(guid.value)
        case .text(let text): writer.string(text)
        case .boolean(let value): writer.bool(value)
        case .integer(let number): writer.integer(number)
        case .time(let time): writer.string(time.description)
        }
    }
}
