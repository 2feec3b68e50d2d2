internal import AuthService
internal import BridgeCore

/// A user of an org, without what the user may: by UserInfo, or by the rows that the integration user reads.
struct KnownPerson: Sendable {
    let organizationID: SalesforceID
    let userID: SalesforceID
    var username: String?
    var email: String?
    var name: String?
    /// `nil` where nobody said it.
    var emailVerified: Bool?
    var isActive: Bool?
    var isFrozen: Bool?
    /// As the API writes it: `Standard`.
    var userType: String?
    /// What may not be read.
    var unreadable: Set<SalesforceFacts.Unreadable> = []

    init(_ info: SalesforceUserInfo) {
        organizationID = info.organizationID
        userID = info.userID
        username = info.username
        email = info.email
        name = info.name
        emailVerified = info.emailVerified
        isActive = info.isActive
        userType = info.userType.map(Self.named)
    }

    /// A row of User; `nil` for one without an id.
    init?(_ row: JSONValue, of organization: SalesforceID) {
        guard let id = row.id("Id") else { return nil }
        organizationID = organization
        userID = id
        username = row["Username"]?.stringValue
        email = row["Email"]?.stringValue
        name = row["Name"]?.stringValue
        isActive = row["IsActive"]?.boolValue
        userType = row["UserType"]?.stringValue.map(Self.named)
    }

    /// What a user of `email` or the username `email` is read by.
    static func query(_ email: String) -> SOQL {
        """
        SELECT \(columns) FROM User WHERE Username = \(email) OR Email = \(email) ORDER BY Username \
        LIMIT \(largestCount)
        """
    }

    /// What the user of the username `name` is read by: of an address that very many share, they may hide the one.
    static func query(ofUsername name: String) -> SOQL {
        "SELECT \(columns) FROM User WHERE Username = \(name) LIMIT 1"
    }

    private static let columns: SOQL = "Id, Username, Email, Name, IsActive, UserType"
    /// How many users of one address are looked at.
    static let largestCount = 50

    /// UserInfo and identity URLs write in capitals (`STANDARD`) what the API writes as `Standard`.
    private static func named(_ type: String) -> String { type.lowercased() == "standard" ? "Standard" : type }
}
