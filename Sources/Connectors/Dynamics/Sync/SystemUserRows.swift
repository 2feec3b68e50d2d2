internal import AuthService
internal import BridgeCore

/// The rows of people that a sync reads in bulk.
struct SystemUserRows {
    let query: DataverseQuery
    private let environment: EnvironmentURL

    /// A row has some 450 bytes, and an answer may have a mebibyte.
    private static let pageSize = 1_000

    /// - Parameter time: up to when modified rows are known; `nil` reads everybody.
    init(_ client: DataverseClient, since time: Timestamp?) {
        environment = client.environment
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
        fileprivate let environment: EnvironmentURL

        /// - Throws: `upstream_unavailable` for a row without the columns that decide.
        func user() throws(ConnectorError) -> SystemUser {
            guard let user = SystemUser(value, of: objectID.guid) else {
                throw .unusable(environment, "has a user without the columns that decide")
            }
            return user
        }
    }

    func read(_ page: [JSONValue]) -> [Row] {
        page.compactMap { value in
            guard let id = value["azureactivedirectoryobjectid"]?.stringValue.flatMap(ObjectID.init) else { return nil }
            return Row(
                objectID: id, modifiedAt: value["modifiedon"]?.stringValue.flatMap { Timestamp(rfc3339: $0) },
                value: value, environment: environment)
        }
    }
}
