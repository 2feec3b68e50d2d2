import BridgeCore

/// Any number of people of an org who are computed from their number when somebody asks, three assignments each.
///
/// Of a hundred, 80 have the agent's set, 5 the administrator's, 10 the agent's through a group, 3 none; one is an agent
/// with an address that was not verified, one an agent who is inactive.
struct GeneratedUsers: Sendable {
    static let assignmentsEach = 3

    let count: Int
    let domain: String
    /// The place of the profile, and the id of its set.
    let profile: Int
    let profileSetID: String
    let agentSetID: String
    let administratorSetID: String
    /// A set that has nothing to do with Cobrowse.
    let ordinarySetID: String
    let otherSetID: String
    /// The place of the group, and the id of its set.
    let group: Int
    let groupSetID: String

    static let members = [
        "org", "profile", "agentSet", "administratorSet", "ordinarySet", "otherSet", "group",
    ]

    func user(_ number: Int) -> OrgUser {
        let kind = number % 100
        let name = GeneratedPeople.name(number)
        return OrgUser(
            name: name, id: RecordID.numbered(.user, number), username: "\(name)@\(domain)",
            displayName: GeneratedPeople.displayName(number), isActive: kind != 99, emailVerified: kind != 98,
            profile: profile, modified: SystemUser.beginning.adding(seconds: Int64(number)))
    }

    /// Assignment 0 is that of the profile, 1 what makes a role, 2 an ordinary one.
    func assignment(_ index: Int, of number: Int) -> OrgAssignment {
        let kind = number % 100
        let isOfGroup = index == 1 && (85..<95).contains(kind)
        let setID =
            switch (index, kind) {
            case (0, _): profileSetID
            case (1, 80..<85): administratorSetID
            case (1, 85..<95): groupSetID
            case (1, 95..<98): otherSetID
            case (1, _): agentSetID
            default: ordinarySetID
            }
        return OrgAssignment(
            id: RecordID.numbered(.assignment, number * Self.assignmentsEach + index),
            user: RecordID.numbered(.user, number), setID: setID, group: isOfGroup ? group : nil)
    }

    func number(ofUserID id: String) -> Int? { RecordID.number(.user, of: id).flatMap { $0 < count ? $0 : nil } }

    func number(ofName name: some StringProtocol) -> Int? {
        guard name.hasPrefix("person"), let number = Int(name.dropFirst(6)), number >= 0, number < count,
            GeneratedPeople.name(number) == name
        else { return nil }
        return number
    }

    func number(ofUsername username: String) -> Int? {
        guard username.hasSuffix("@\(domain)") else { return nil }
        return number(ofName: username.prefix { $0 != "@" })
    }

    func assignmentNumber(of id: String) -> Int? {
        RecordID.number(.assignment, of: id).flatMap { $0 < count * Self.assignmentsEach ? $0 : nil }
    }
}
