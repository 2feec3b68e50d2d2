import BridgeCore

/// A query that was understood.
struct SOQLQuery: Sendable {
    let object: SObject
    let select: [SOQLPath]
    var filter: SOQLCondition?
    let order: [SOQLOrder]
    let limit: Int?
}

/// A field of the queried object, or of one that relations lead to.
struct SOQLPath: Sendable, Hashable {
    let relations: [SRelation]
    let column: SColumn
    let kind: SColumn.Kind

    var text: String { (relations.map(\.rawValue) + [column.rawValue]).joined(separator: ".") }
}

struct SOQLOrder: Sendable {
    let path: SOQLPath
    let isDescending: Bool
}

/// What a row has to be.
indirect enum SOQLCondition: Sendable {
    enum Comparison: Sendable {
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    }

    case all([SOQLCondition])
    case any([SOQLCondition])
    case not(SOQLCondition)
    case compare(SOQLPath, Comparison, SOQLValue)
    case like(SOQLPath, [UInt8])
    case among(SOQLPath, Set<SOQLValue>, isNegated: Bool)
    /// A sub-select, until it has been carried out.
    case select(SOQLPath, SOQLQuery, isNegated: Bool)
}

/// A value of a field, or a literal. Text is compared without regard to case, so a literal is in lower case.
enum SOQLValue: Sendable, Hashable {
    case null
    case text(String)
    case id(String)
    case bool(Bool)
    case time(Timestamp)

    /// As it is compared.
    var folded: SOQLValue {
        if case .text(let text) = self { .text(text.lowercased()) } else { self }
    }

    /// `nil` where the two cannot be compared.
    func isBefore(_ other: SOQLValue) -> Bool? {
        switch (self, other) {
        case (.text(let left), .text(let right)), (.id(let left), .id(let right)):
            left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.time(let left), .time(let right)): left < right
        case (.bool(let left), .bool(let right)): !left && right
        default: nil
        }
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .text(let text), .id(let text): writer.string(text)
        case .bool(let value): writer.bool(value)
        case .time(let time): writer.string(SalesforceTime.text(time))
        }
    }
}
