internal import AuthService
internal import BridgeCore

/// The rows of people that a sync reads in bulk.
struct SystemUserRows {
    let query: DataverseQuery

    /// A row has some 450 bytes, and an answer may have a mebibyte.
    private static let pageSize = 1_000

    /// - Parameter time: up to when modified rows are known; `nil` reads everybody.
    init(_ client: DataverseClient, since time: Timestamp?) {
        var options = [("$select", SystemUser.columns + ",modifiedon")]
        if let time {
            options.append(("$filter", "modifiedon ge \(time.adding(seconds: -SyncSchedule.overlap))"))
        }
        query = DataverseQuery("systemusers", options, pageSize: Self.pageSize)
    }

    /// A row that has an object id, read no further yet: most are nobody's who ever signed in.
    struct Row {
        let objectID: ObjectID
        let modifiedAt: Timestamp?
        fileprivate let value: JSONValue

        /// `nil` for a row without the columns that decide.
        var user: SystemUser? { SystemUser(value, of: objectID.guid) }
    }

    func read(_ page: [JSONValue]) -> [Row] {
        page.compactMap { value in
            guard let id = value["azureactivedirectoryobjectid"]?.stringValue.flatMap(ObjectID.init) else { return nil }
            return Row(
                objectID: id, modifiedAt: value["modifiedon"]?.stringValue.flatMap { Timestamp(rfc3339: $0) },
                value: value)
        }
    }
}
