import BridgeCore

/// A row of `User`, with what other objects say of the same person.
struct OrgUser: Sendable {
    /// What the document calls her or him.
    let name: String
    let id: String
    let username: String
    let email: String?
    let displayName: String
    let isActive: Bool
    /// Of `UserLogin`.
    let isFrozen: Bool
    let isPasswordLocked: Bool
    /// `Standard`, `PowerPartner`, `Guest`, ...
    let userType: String
    /// Whether the address was verified; `nil` where nothing says so.
    let emailVerified: Bool?
    /// The place of the profile.
    let profile: Int
    /// Whether the log-in ranges of the profile shut this person out.
    let isRestricted: Bool
    /// `LastModifiedDate` and `SystemModstamp` of `User`; of `UserLogin` the other one.
    let modified: Timestamp
    let loginModified: Timestamp
    /// Those of the document; a generated person's are computed when they are asked for.
    let assignments: [OrgAssignment]

    static let members = [
        "id", "username", "email", "displayName", "active", "frozen", "passwordLocked", "userType", "emailVerified",
        "profile", "restricted", "assignments", "modified", "loginModified",
    ]
    static let assignmentMembers = ["set", "group", "expires", "active", "revoked", "modified"]

    /// - Parameter domain: what follows the @ of a username that the document does not give.
    init(_ object: DocumentObject, name: String, domain: String, _ org: OrgReading) throws(SimulatorError) {
        self.name = name
        id = try object.recordID("id") ?? RecordID.named(.user, "\(org.org)/\(name)")
        username = try object.text("username") ?? "\(name)@\(domain)"
        let email = try object.text("email") ?? "\(name)@\(domain)"
        self.email = email.isEmpty ? nil : email
        displayName = try object.text("displayName") ?? name
        isActive = try object.bool("active", default: true)
        isFrozen = try object.bool("frozen")
        isPasswordLocked = try object.bool("passwordLocked")
        userType = try object.text("userType") ?? "Standard"
        emailVerified = try object.boolOrMissing("emailVerified", default: true)
        profile = try org.profile(try object.text("profile") ?? "Standard User", at: object.place)
        isRestricted = try object.bool("restricted")
        modified = try object.time("modified") ?? SystemUser.beginning
        loginModified = try object.time("loginModified") ?? SystemUser.beginning
        assignments = try Self.assignments(object, user: id, profile: org.profiles[profile], org)
    }

    /// The rows of `PermissionSetAssignment`: that of the profile first.
    private static func assignments(
        _ object: DocumentObject, user: String, profile: OrgProfile, _ org: OrgReading
    ) throws(SimulatorError) -> [OrgAssignment] {
        var assignments = [OrgAssignment(user: user, setID: profile.setID, group: nil)]
        for assignment in try object.objects("assignments", textAs: "set", known: assignmentMembers) {
            let group = try assignment.text("group").map { name throws(SimulatorError) in
                try org.group(name, at: assignment.place)
            }
            let setID: String
            if let group {
                setID = org.groups[group].setID
            } else {
                setID = try org.setID(try assignment.required("set"), at: assignment.place)
            }
            var row = OrgAssignment(user: user, setID: setID, group: group)
            row.expires = try assignment.time("expires")
            row.isActive = try assignment.bool("active", default: true)
            row.isRevoked = try assignment.bool("revoked")
            row.modified = try assignment.time("modified") ?? SystemUser.beginning
            assignments.append(row)
        }
        return assignments
    }

    /// For generated people.
    init(
        name: String, id: String, username: String, displayName: String, isActive: Bool, emailVerified: Bool?,
        profile: Int, modified: Timestamp
    ) {
        (self.name, self.id, self.username, self.displayName) = (name, id, username, displayName)
        (email, self.isActive, self.emailVerified, self.profile) = (username, isActive, emailVerified, profile)
        (isFrozen, isPasswordLocked, isRestricted, userType) = (false, false, false, "Standard")
        (self.modified, loginModified, self.assignments) = (modified, SystemUser.beginning, [])
    }
}

/// A row of `PermissionSetAssignment`.
struct OrgAssignment: Sendable {
    var id: String
    /// The assignee's id.
    let user: String
    /// Of a group the set that stands for it.
    let setID: String
    /// The group's place.
    let group: Int?
    var expires: Timestamp?
    /// As it is stored: it can be true although the assignment has expired.
    var isActive = true
    var isRevoked = false
    var modified = SystemUser.beginning

    init(user: String, setID: String, group: Int?) {
        (self.user, self.setID, self.group) = (user, setID, group)
        id = RecordID.named(.assignment, "\(user)/\(setID)")
    }

    init(id: String, user: String, setID: String, group: Int?) {
        (self.id, self.user, self.setID, self.group) = (id, user, setID, group)
    }

    /// Whether it counts at `now`.
    func counts(at now: Timestamp) -> Bool { isActive && !isRevoked && expires.map { $0 > now } ?? true }
}
