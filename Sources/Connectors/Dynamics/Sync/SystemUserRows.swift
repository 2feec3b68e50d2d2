internal import AuthService
internal import BridgeCore

/// The rows of people that a sync reads in bulk.
enum SystemUserRows {
    /// A row has some 450 bytes, and an answer may have a mebibyte.
    private static let pageSize = 1_000

    /// - Parameter time: of those that were modified since then; `nil` for all.
    static func query(since time: Timestamp?) -> DataverseQuery {
        var options = [("$select", SystemUser.columns + ",modifiedon")]
        if let time { options.append(("$filter", "modifiedon ge \(time)")) }
        return DataverseQuery("systemusers", options, pageSize: pageSize)
    }

    /// The rows that have an object id.
    ///
    /// - Parameter facts: what is known of a person whose row has the columns that decide.
    static func read(_ page: [JSONValue], _ facts: @escaping (SystemUser, PersonKey) -> LoginFacts) -> [SyncRow] {
        page.compactMap { value in
            guard let key = value["azureactivedirectoryobjectid"]?.stringValue.flatMap(PersonKey.init(objectID:)) else {
                return nil
            }
            return SyncRow(
                key: key, modifiedAt: value["modifiedon"]?.stringValue.flatMap { Timestamp(rfc3339: $0) },
                facts: { SystemUser(value, of: key.objectID).map { facts($0, key) } })
        }
    }
}
