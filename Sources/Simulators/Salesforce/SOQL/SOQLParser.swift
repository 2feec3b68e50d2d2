import BridgeCore
import HTTPMessage

/// Reads a query; names count without regard to case (SOQL and SOSL reference).
struct SOQLParser {
    private var tokens: ArraySlice<SOQLToken>
    private let version: Int
    /// Whether the org has user access policies, and with them a column of assignments.
    private let hasAccessPolicies: Bool
    /// How many parentheses and negations are open.
    private var depth = 0

    /// - Throws: `MALFORMED_QUERY`, `INVALID_TYPE`, `INVALID_FIELD`.
    static func parse(
        _ text: String, version: Int, hasAccessPolicies: Bool
    ) throws(SalesforceAPIError) -> SOQLQuery {
        var parser = SOQLParser(
            try SOQLLexer.tokens(text), version: version, hasAccessPolicies: hasAccessPolicies)
        let query = try parser.query()
        if let token = parser.tokens.first { throw Self.unexpected(token) }
        return query
    }

    private init(_ tokens: [SOQLToken], version: Int, hasAccessPolicies: Bool) {
        (self.tokens, self.version, self.hasAccessPolicies) = (tokens[...], version, hasAccessPolicies)
    }

    private static func unexpected(_ token: SOQLToken?) -> SalesforceAPIError {
        .malformed("unexpected token: \(token.map { "'\($0.shown)'" } ?? "<EOF>")")
    }

    private mutating func query() throws(SalesforceAPIError) -> SOQLQuery {
        try expect(keyword: "SELECT")
        var names = [try name()]
        while take(sign: ",") { names.append(try name()) }
        try expect(keyword: "FROM")
        let objectName = try name()
        guard let object = SObject.named(objectName), object.since <= version else { throw .unknownType(objectName) }
        var select: [SOQLPath] = []
        for name in names {
            let path = try path(name, of: object)
            guard !select.contains(path) else { throw .malformed("duplicate field selected: \(name)") }
            select.append(path)
        }
        let filter = take(keyword: "WHERE") ? try conditions(on: object) : nil
        let order = try orders(on: object)
        return SOQLQuery(object: object, select: select, filter: filter, order: order, limit: try limit())
    }

    private mutating func orders(on object: SObject) throws(SalesforceAPIError) -> [SOQLOrder] {
        guard take(keyword: "ORDER") else { return [] }
        try expect(keyword: "BY")
        var orders: [SOQLOrder] = []
        repeat {
            let path = try path(try name(), of: object)
            let isDescending = take(keyword: "DESC")
            if !isDescending { _ = take(keyword: "ASC") }
            orders.append(SOQLOrder(path: path, isDescending: isDescending))
        } while take(sign: ",")
        return orders
    }

    private mutating func limit() throws(SalesforceAPIError) -> Int? {
        guard take(keyword: "LIMIT") else { return nil }
        let text = try name()
        guard let limit = Int(text), limit >= 0 else { throw Self.unexpected(.word(text)) }
        return limit
    }

    /// Conditions side by side; `AND` and `OR` are only mixed with parentheses.
    private mutating func conditions(on object: SObject) throws(SalesforceAPIError) -> SOQLCondition {
        var conditions = [try condition(on: object)]
        let isAnd = peek(keyword: "AND")
        guard isAnd || peek(keyword: "OR") else { return conditions[0] }
        while take(keyword: isAnd ? "AND" : "OR") { conditions.append(try condition(on: object)) }
        if peek(keyword: "AND") || peek(keyword: "OR") { throw Self.unexpected(tokens.first) }
        return isAnd ? .all(conditions) : .any(conditions)
    }

    private mutating func condition(on object: SObject) throws(SalesforceAPIError) -> SOQLCondition {
        depth += 1
        defer { depth -= 1 }
        guard depth < 20 else { throw .malformed("the conditions are nested too deeply") }
        if take(keyword: "NOT") { return .not(try condition(on: object)) }
        if take(sign: "(") {
            let inner = try conditions(on: object)
            try expect(sign: ")")
            return inner
        }
        let path = try path(try name(), of: object)
        if take(keyword: "LIKE") { return try like(path) }
        if take(keyword: "NOT") {
            try expect(keyword: "IN")
            return try among(path, isNegated: true)
        }
        if take(keyword: "IN") { return try among(path, isNegated: false) }
        guard case .sign(let sign)? = tokens.first, let comparison = Self.comparisons[sign] else {
            throw Self.unexpected(tokens.first)
        }
        tokens.removeFirst()
        let literal = try literal(for: path)
        let isOrdered = comparison != .equal && comparison != .notEqual
        guard !isOrdered || (literal != .null && path.kind != .bool) else {
            throw .malformed("invalid operator for field '\(path.text)': \(sign)")
        }
        return .compare(path, comparison, literal)
    }

    private static let comparisons: [String: SOQLCondition.Comparison] = [
        "=": .equal, "!=": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual,
    ]

    private mutating func like(_ path: SOQLPath) throws(SalesforceAPIError) -> SOQLCondition {
        guard path.kind == .text, case .text(let pattern)? = tokens.popFirst() else {
            throw .wrongLiteral(path.text, "string and should be enclosed in quotes")
        }
        return .like(path, Array(pattern.lowercased().utf8))
    }

    private mutating func among(_ path: SOQLPath, isNegated: Bool) throws(SalesforceAPIError) -> SOQLCondition {
        try expect(sign: "(")
        defer { _ = take(sign: ")") }
        if peek(keyword: "SELECT") {
            let query = try query()
            guard query.select.count == 1, query.select[0].kind == .id, path.kind == .id, query.order.isEmpty,
                query.limit == nil
            else { throw .malformed("a semi join sub-select selects one id field, and has neither order nor limit") }
            try peek(sign: ")")
            return .select(path, query, isNegated: isNegated)
        }
        var values: Set<SOQLValue> = [try literal(for: path)]
        while take(sign: ",") { values.insert(try literal(for: path)) }
        try peek(sign: ")")
        return .among(path, values, isNegated: isNegated)
    }

    /// A literal of the kind that the field has.
    private mutating func literal(for path: SOQLPath) throws(SalesforceAPIError) -> SOQLValue {
        guard let token = tokens.popFirst() else { throw Self.unexpected(nil) }
        if case .word(let word) = token, word.lowercased() == "null" { return .null }
        switch (path.kind, token) {
        case (.id, .text(let text)):
            guard let id = RecordID.normalized(text) else {
                throw SalesforceAPIError(.badRequest, "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: \(text)")
            }
            return .id(id)
        case (.text, .text(let text)): return .text(text.lowercased())
        case (.bool, .word(let word)):
            guard let value = Bool(word.lowercased()) else { throw .wrongLiteral(path.text, "boolean") }
            return .bool(value)
        case (.time, .word(let word)):
            guard let time = Timestamp(rfc3339: word) else { throw .wrongLiteral(path.text, "dateTime") }
            return .time(time)
        case (.id, .word), (.text, .word):
            throw .wrongLiteral(path.text, "string and should be enclosed in quotes")
        case (.bool, .text): throw .wrongLiteral(path.text, "boolean and should not be enclosed in quotes")
        case (.time, .text): throw .wrongLiteral(path.text, "dateTime and should not be enclosed in quotes")
        case (_, .sign): throw Self.unexpected(token)
        }
    }

    private func path(_ text: String, of object: SObject) throws(SalesforceAPIError) -> SOQLPath {
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        var (object, relations) = (object, [SRelation]())
        for word in words.dropLast() {
            guard let relation = SRelation.named(word), let target = object.target(of: relation) else {
                throw SalesforceAPIError(
                    .badRequest, "INVALID_FIELD",
                    "Didn't understand relationship '\(word)' in field path. If you are attempting to use a custom "
                        + "relationship, be sure to append the '__r' after the custom relationship name.")
            }
            relations.append(relation)
            object = target
        }
        guard let word = words.last, let column = SColumn.named(word), let kind = object.kind(of: column),
            column.since(in: object) <= version, hasAccessPolicies || object != .assignment || column != .isRevoked
        else { throw .unknownField(String(words.last ?? ""), on: object.rawValue) }
        return SOQLPath(relations: relations, column: column, kind: kind)
    }

    // MARK: Tokens

    private static let keywords: Set = ["select", "from", "where", "order", "limit", "and", "or", "in", "like"]

    private mutating func name() throws(SalesforceAPIError) -> String {
        guard case .word(let word)? = tokens.first, !Self.keywords.contains(word.lowercased()) else {
            throw Self.unexpected(tokens.first)
        }
        tokens.removeFirst()
        return word
    }

    private func peek(keyword: String) -> Bool {
        guard case .word(let word)? = tokens.first else { return false }
        return word.uppercased() == keyword
    }

    private mutating func take(keyword: String) -> Bool {
        guard peek(keyword: keyword) else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func expect(keyword: String) throws(SalesforceAPIError) {
        guard take(keyword: keyword) else { throw Self.unexpected(tokens.first) }
    }

    private func peek(sign: String) throws(SalesforceAPIError) {
        guard tokens.first == .sign(sign) else { throw Self.unexpected(tokens.first) }
    }

    private mutating func take(sign: String) -> Bool {
        guard tokens.first == .sign(sign) else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func expect(sign: String) throws(SalesforceAPIError) {
        guard take(sign: sign) else { throw Self.unexpected(tokens.first) }
    }
}
