/// Reads a `$filter` against a table; whatever it does not know is the 400 that the real service gives.
struct ODataFilterParser {
    private let tokens: [ODataLexer.Token]
    private var position = 0
    private let source: String
    private let schema: [String: EntityType]

    private var conditions = 0

    private static let deepest = 32
    /// As many as the real service takes in one query.
    private static let mostConditions = 500

    /// - Parameter schema: every table, by its singular name.
    static func parse(
        _ text: String, on entity: EntityType, schema: [String: EntityType]
    ) throws(DataverseError) -> ODataExpression {
        var parser = ODataFilterParser(
            tokens: try ODataLexer.tokens(of: text), source: text, schema: schema)
        let expression = try parser.or(Scope(entity: entity, variable: nil), depth: 0)
        guard parser.current == .end else { throw parser.syntaxError }
        return expression
    }

    private init(tokens: [ODataLexer.Token], source: String, schema: [String: EntityType]) {
        (self.tokens, self.source, self.schema) = (tokens, source, schema)
    }

    /// Whose columns names stand for: those of the table itself, or behind `u/` those of a collection's rows.
    private struct Scope {
        let entity: EntityType
        let variable: String?
    }

    private var current: ODataLexer.Token { tokens[position] }
    private var syntaxError: DataverseError { .query("Syntax error at word \(position + 1) in '\(source)'.") }

    /// The end is never passed: it is the last token, and nothing takes it.
    private mutating func advance() { position = min(position + 1, tokens.count - 1) }

    private mutating func takes(_ word: String) -> Bool {
        guard current == .word(word) else { return false }
        advance()
        return true
    }

    private mutating func expect(_ token: ODataLexer.Token) throws(DataverseError) {
        guard current == token else { throw syntaxError }
        advance()
    }

    private mutating func or(_ scope: Scope, depth: Int) throws(DataverseError) -> ODataExpression {
        var left = try and(scope, depth: depth)
        while takes("or") { left = .or(left, try and(scope, depth: depth)) }
        return left
    }

    private mutating func and(_ scope: Scope, depth: Int) throws(DataverseError) -> ODataExpression {
        var left = try unary(scope, depth: depth)
        while takes("and") { left = .and(left, try unary(scope, depth: depth)) }
        return left
    }

    private mutating func unary(_ scope: Scope, depth: Int) throws(DataverseError) -> ODataExpression {
        guard depth < Self.deepest else { throw .query("The query is nested too deeply.") }
        conditions += 1
        guard conditions <= Self.mostConditions else {
            throw .query("Number of conditions in query exceeded maximum limit of \(Self.mostConditions).")
        }
        if takes("not") { return .not(try unary(scope, depth: depth + 1)) }
        if current == .open {
            advance()
            let inner = try or(scope, depth: depth + 1)
            try expect(.close)
            return inner
        }
        guard case .word(let word) = current else { throw syntaxError }
        advance()
        if let function = ODataExpression.TextFunction(rawValue: word), current == .open {
            return try text(function, scope)
        }
        return word.hasSuffix("/any") ? try any(word, scope, depth: depth) : try comparison(word, scope)
    }

    private mutating func text(
        _ function: ODataExpression.TextFunction, _ scope: Scope
    ) throws(DataverseError) -> ODataExpression {
        try expect(.open)
        guard case .word(let path) = current else { throw syntaxError }
        advance()
        let column = try column(path, scope)
        guard column.type == .text else {
            throw .query(
                "No function signature for the function with name '\(function.rawValue)' matches the specified arguments."
            )
        }
        try expect(.comma)
        guard case .literal(.text(let part)) = current else { throw syntaxError }
        advance()
        try expect(.close)
        return .text(function, column: column.name, part)
    }

    private mutating func comparison(_ path: String, _ scope: Scope) throws(DataverseError) -> ODataExpression {
        let column = try column(path, scope)
        guard case .word(let word) = current, let comparison = ODataExpression.Comparison(rawValue: word) else {
            throw syntaxError
        }
        advance()
        guard case .literal(let value) = current else {
            // One column compared with another is not understood by every version of the service, so not here either.
            throw .query("The right side of '\(word)' is no literal in '\(source)'.")
        }
        advance()
        if let type = value.type, type != column.type {
            throw .query(
                "A binary operator with incompatible types was detected. Found operand types '\(column.type.rawValue)' "
                    + "and '\(type.rawValue)' for operator kind '\(word)'.")
        }
        return .compare(column: column.name, comparison, value)
    }

    private mutating func any(_ path: String, _ scope: Scope, depth: Int) throws(DataverseError) -> ODataExpression {
        let name = try stripped(String(path.dropLast(4)), scope)
        guard let target = scope.entity.navigations[name].flatMap({ schema[$0] }) else {
            throw Self.unknown(name, of: scope.entity)
        }
        try expect(.open)
        if current == .close {
            advance()
            return .any(navigation: name, nil)
        }
        guard case .word(let variable) = current, !variable.contains("/") else { throw syntaxError }
        advance()
        try expect(.colon)
        let condition = try or(Scope(entity: target, variable: variable), depth: depth + 1)
        try expect(.close)
        return .any(navigation: name, condition)
    }

    private func column(_ path: String, _ scope: Scope) throws(DataverseError) -> (name: String, type: ODataType) {
        let name = try stripped(path, scope)
        guard let type = scope.entity.columns[name] else { throw Self.unknown(name, of: scope.entity) }
        return (name, type)
    }

    /// The name without the variable of the innermost `any` in front.
    private func stripped(_ path: String, _ scope: Scope) throws(DataverseError) -> String {
        guard let variable = scope.variable else { return path }
        guard path.hasPrefix("\(variable)/") else { throw Self.unknown(path, of: scope.entity) }
        return String(path.dropFirst(variable.count + 1))
    }

    static func unknown(_ name: String, of entity: EntityType) -> DataverseError {
        .query("Could not find a property named '\(name)' on type 'Microsoft.Dynamics.CRM.\(entity.name)'.")
    }
}
