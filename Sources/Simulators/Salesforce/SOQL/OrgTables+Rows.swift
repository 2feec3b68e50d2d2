import BridgeCore

extension OrgTables {
    /// The rows that a query asks for, in its order. Its sub-selects have to be carried out already.
    func rows(_ query: SOQLQuery) -> QueryRows {
        let isWhole = query.filter == nil && org.users.replaced.isEmpty
        if isWhole, query.order.isEmpty {
            return .range(0..<min(count(query.object), query.limit ?? .max))
        }
        var places: [Int] = []
        let isSorted = query.order.isEmpty
        for place in candidates(query) {
            guard let row = row(query.object, place), query.filter.map({ fits(row, $0) }) ?? true else { continue }
            places.append(place)
            if isSorted, places.count == query.limit { break }
        }
        if !isSorted { sort(&places, query) }
        return .list(query.limit.map { Array(places.prefix($0)) } ?? places)
    }

    /// Null stands first, as in Salesforce; rows that are equal keep their order.
    private func sort(_ places: inout [Int], _ query: SOQLQuery) {
        let keyed = places.map { place in
            let row = row(query.object, place)
            return (place: place, keys: query.order.map { order in row.map { value($0, order.path).folded } ?? .null })
        }
        let sorted = keyed.sorted { left, right in
            for (index, order) in query.order.enumerated() where left.keys[index] != right.keys[index] {
                let isBefore =
                    left.keys[index] == .null
                    || (right.keys[index] != .null && left.keys[index].isBefore(right.keys[index]) == true)
                return isBefore != order.isDescending
            }
            return left.place < right.place
        }
        places = sorted.map(\.place)
    }

    /// The places that the rows can only have: few, where the filter names ids that there is an index of.
    private func candidates(_ query: SOQLQuery) -> [Int] {
        var conditions: [SOQLCondition] = []
        switch query.filter {
        case .all(let all)?: conditions = all
        case let one?: conditions = [one]
        case nil: break
        }
        for condition in conditions {
            guard let (column, values) = Self.named(condition) else { continue }
            if let places = places(query.object, column, values) { return places.sorted() }
        }
        return Array(0..<count(query.object))
    }

    /// The column of a condition that names values, and those.
    private static func named(_ condition: SOQLCondition) -> (SColumn, Set<SOQLValue>)? {
        switch condition {
        case .compare(let path, .equal, let value) where path.relations.isEmpty: (path.column, [value])
        case .among(let path, let values, isNegated: false) where path.relations.isEmpty: (path.column, values)
        default: nil
        }
    }

    private func places(_ object: SObject, _ column: SColumn, _ values: Set<SOQLValue>) -> [Int]? {
        let users = org.users
        switch (object, column) {
        case (.user, .id), (.userLogin, .userId), (.twoFactorMethodsInfo, .userId):
            return ids(values).compactMap { users.place(ofID: $0) }
        case (.user, .username):
            return values.compactMap { value in
                if case .text(let text) = value { users.place(ofUsername: text) } else { nil }
            }
        case (.assignment, .id): return ids(values).compactMap { users.place(ofAssignment: $0) }
        case (.assignment, .assigneeId): return ids(values).flatMap { users.assignmentPlaces(of: $0) }
        case (.permissionSet, .id): return ids(values).compactMap { org.setPlaces[$0] }
        default: return nil
        }
    }

    private func ids(_ values: Set<SOQLValue>) -> [String] {
        values.compactMap { value in if case .id(let id) = value { id } else { nil } }
    }

    func fits(_ row: Row, _ condition: SOQLCondition) -> Bool {
        switch condition {
        case .all(let conditions): return conditions.allSatisfy { fits(row, $0) }
        case .any(let conditions): return conditions.contains { fits(row, $0) }
        case .not(let condition): return !fits(row, condition)
        case .compare(let path, let comparison, let literal):
            return Self.compare(value(row, path).folded, comparison, literal)
        case .like(let path, let pattern):
            guard case .text(let text) = value(row, path).folded else { return false }
            return LikePattern.fits(Array(text.utf8)[...], pattern[...])
        case .among(let path, let values, let isNegated): return values.contains(value(row, path).folded) != isNegated
        case .select: return false
        }
    }

    private static func compare(
        _ value: SOQLValue, _ comparison: SOQLCondition.Comparison, _ literal: SOQLValue
    ) -> Bool {
        switch comparison {
        case .equal: value == literal
        case .notEqual: value != literal
        case .less: value.isBefore(literal) ?? false
        case .lessOrEqual: value == literal || value.isBefore(literal) ?? false
        case .greater: literal.isBefore(value) ?? false
        case .greaterOrEqual: value == literal || literal.isBefore(value) ?? false
        }
    }
}

/// `LIKE`: `%` is any text, `_` one character; behind a backslash each stands for itself.
enum LikePattern {
    static func fits(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        switch first {
        case UInt8(ascii: "%"):
            let rest = pattern.drop { $0 == UInt8(ascii: "%") }
            return (text.startIndex...text.endIndex).contains { fits(text[$0...], rest) }
        case UInt8(ascii: "_"): return !text.isEmpty && fits(text.dropFirst(), pattern.dropFirst())
        case UInt8(ascii: "\\") where pattern.count > 1:
            return text.first == pattern.dropFirst().first && fits(text.dropFirst(), pattern.dropFirst(2))
        default: return text.first == first && fits(text.dropFirst(), pattern.dropFirst())
        }
    }
}
