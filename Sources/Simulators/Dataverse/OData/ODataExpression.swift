import BridgeCore

/// A parsed `$filter`, whose columns and collections are known to exist.
indirect enum ODataExpression: Sendable {
    case and(ODataExpression, ODataExpression)
    case or(ODataExpression, ODataExpression)
    case not(ODataExpression)
    case compare(column: String, Comparison, ODataValue)
    case text(TextFunction, column: String, String)
    /// Whether a row of the collection fits; without a condition, whether there is one.
    case any(navigation: String, ODataExpression?)

    enum Comparison: String, Sendable, CaseIterable {
        case eq, ne, gt, ge, lt, le
    }

    enum TextFunction: String, Sendable, CaseIterable {
        case contains, startswith, endswith
    }

    /// The value that `column` has to equal for the whole to be true, if there is one: it saves looking at every row.
    func required(_ column: String) -> ODataValue? {
        switch self {
        case .and(let left, let right): left.required(column) ?? right.required(column)
        case .compare(column, .eq, let value): value
        default: nil
        }
    }

    /// Whether it is true for a row.
    ///
    /// - Parameters:
    ///   - value: the row's value of a column.
    ///   - anyRelated: whether a row of the collection fits the condition.
    func isTrue(value: (String) -> ODataValue, anyRelated: (String, ODataExpression?) -> Bool) -> Bool {
        switch self {
        case .and(let left, let right):
            left.isTrue(value: value, anyRelated: anyRelated) && right.isTrue(value: value, anyRelated: anyRelated)
        case .or(let left, let right):
            left.isTrue(value: value, anyRelated: anyRelated) || right.isTrue(value: value, anyRelated: anyRelated)
        case .not(let operand): !operand.isTrue(value: value, anyRelated: anyRelated)
        case .compare(let column, let comparison, let literal): comparison.holds(value(column), literal)
        case .text(let function, let column, let part):
            if case .text(let text) = value(column) {
                function.holds(text.lowercased(), part.lowercased())
            } else {
                false
            }
        case .any(let navigation, let condition): anyRelated(navigation, condition)
        }
    }
}

extension ODataExpression.Comparison {
    /// Null equals null alone, and is neither before nor after anything.
    func holds(_ left: ODataValue, _ right: ODataValue) -> Bool {
        switch self {
        case .eq: return left.isSame(as: right)
        case .ne: return !left.isSame(as: right)
        case .gt, .ge, .lt, .le:
            guard left != .null, right != .null else { return false }
            let isBefore = left.isBefore(right)
            let isAfter = right.isBefore(left)
            return switch self {
            case .gt: isAfter
            case .ge: !isBefore
            case .lt: isBefore
            default: !isAfter
            }
        }
    }
}

extension ODataExpression.TextFunction {
    func holds(_ text: String, _ part: String) -> Bool {
        switch self {
        case .contains: part.isEmpty || text.contains(part)
        case .startswith: text.hasPrefix(part)
        case .endswith: text.hasSuffix(part)
        }
    }
}
