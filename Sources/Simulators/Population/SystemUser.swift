import BridgeCore

/// A row of `systemuser`.
struct SystemUser: Sendable {
    let id: GUID
    var fullName: String
    /// The person of the population; `nil` for an application user.
    var person: String?
    /// `azureactivedirectoryobjectid`.
    var objectID: GUID?
    var domainName = ""
    var email: String?
    var emailStatus: Int64 = 0
    var isApprovedByAdministrator = false
    var isDisabled = false
    var accessMode: Int64 = 0
    var applicationID: GUID?
    var azureState: Int64 = 0
    var isLicensed = true
    /// The place of the business unit.
    var businessUnit = 0
    /// The places of the roles it has directly.
    var roles: [Int] = []
    /// What a cache still takes for its roles.
    var staleRoles: [Int]?
    /// The places of the teams it is stored as a member of.
    var teams: [Int] = []
    var createdOn = SystemUser.beginning
    var modifiedOn = SystemUser.beginning

    /// When the rows of a population were made.
    static let beginning = Timestamp(seconds: 1_767_225_600)  // 2026-01-01

    init(id: GUID, fullName: String) {
        self.id = id
        self.fullName = fullName
    }
}
