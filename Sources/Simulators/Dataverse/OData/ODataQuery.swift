/// The query options of a request for rows.
struct ODataQuery: Sendable {
    struct Order: Sendable {
        let column: String
        let isDescending: Bool
    }

    /// The columns asked for, in their order; `nil` for all.
    let select: [String]?
    let filter: ODataExpression?
    let order: [Order]
    let top: Int?
    let countsRows: Bool
    /// Where the page begins; 0 for the first one.
    let skipToken: ODataPageToken?

    private static let known = ["$select", "$filter", "$orderby", "$top", "$count", "$skiptoken"]

    /// - Throws: 400 for whatever is not known: another option, another column, a malformed value.
    init(_ text: String?, on entity: EntityType, schema: [String: EntityType]) throws(DataverseError) {
        let options = try Self.options(text ?? "")
        select = try options["$select"].map { text throws(DataverseError) in try Self.select(text, on: entity) }
        filter = try options["$filter"].map { text throws(DataverseError) in
            try ODataFilterParser.parse(text, on: entity, schema: schema)
        }
        order = try options["$orderby"].map { text throws(DataverseError) in try Self.order(text, on: entity) } ?? []
        top = try options["$top"].map { text throws(DataverseError) in try Self.number(text, "$top") }
        countsRows = try options["$count"].map { text throws(DataverseError) in try Self.boolean(text) } ?? false
        skipToken = try options["$skiptoken"].map { text throws(DataverseError) in try ODataPageToken(text) }
    }

    private static func options(_ text: String) throws(DataverseError) -> [String: String] {
        let parameters: Parameters
        do throws(Parameters.Problem) {
            parameters = try Parameters(text, isForm: false)
        } catch {
            switch error {
            case .malformed: throw .query("The query string cannot be decoded.")
            case .repeated(let name): throw .query("Query option '\(name)' was specified more than once.")
            }
        }
        var options: [String: String] = [:]
        for option in parameters.list {
            // Options without the dollar are the client's own, and mean nothing.
            guard option.name.hasPrefix("$") else { continue }
            if option.name == "$skip" { throw .query("Skip Clause is not supported in CRM") }
            guard known.contains(option.name) else {
                throw .query("The query parameter '\(option.name)' is not supported.")
            }
            options[option.name] = option.value
        }
        return options
    }

    private static func select(_ text: String, on entity: EntityType) throws(DataverseError) -> [String] {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
        for name in names where entity.columns[name] == nil { throw ODataFilterParser.unknown(name, of: entity) }
        return names
    }

    private static func order(_ text: String, on entity: EntityType) throws(DataverseError) -> [Order] {
        var orders: [Order] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ")
            guard let name = words.first, words.count == 1 || words.count == 2 && ["asc", "desc"].contains(words[1])
            else { throw .query("Syntax error in $orderby '\(text)'.") }
            guard entity.columns[String(name)] != nil else { throw ODataFilterParser.unknown(String(name), of: entity) }
            orders.append(Order(column: String(name), isDescending: words.last == "desc"))
        }
        return orders
    }

    private static func number(_ text: String, _ option: String) throws(DataverseError) -> Int {
        guard let number = Int(text), number > 0 else {
            throw .query("Invalid value '\(text)' for \(option) query option found.")
        }
        return number
    }

    private static func boolean(_ text: String) throws(DataverseError) -> Bool {
        guard text == "true" || text == "false" else {
            throw .query("Invalid value '\(text)' for $count query option found.")
        }
        return text == "true"
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
