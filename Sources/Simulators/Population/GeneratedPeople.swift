import BridgeCore

/// Any number of people who are computed from their number when somebody asks, so that 100,000 need no memory.
///
/// Of a hundred, 80 have the agent's role, 5 the administrator's, 10 the agent's through a team, 5 none; among all of
/// them one is disabled and one waits for the approval of the address.
struct GeneratedPeople: Sendable {
    let count: Int
    private let domain: String
    private let agent: [Int]
    private let administrator: [Int]
    private let team: [Int]

    private static let objectIDs: UInt64 = 0x5EED_0001_0000_4000
    private static let userIDs: UInt64 = 0x5EED_0002_0000_4000
    private static let low: UInt64 = 0x8000_0000_0000_0000
    private static let firstNames = ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gül", "Hugo", "Iris", "Jan"]
    private static let lastNames = [
        "Adler", "Brook", "Costa", "Dahl", "Ek", "Frost", "Groß", "Hale", "Ito", "Jones", "Kim",
    ]

    /// - Parameters:
    ///   - agent: the places of the roles that make an agent; `administrator` and `team` likewise.
    init(count: Int, domain: String, agent: [Int], administrator: [Int], team: [Int]) {
        (self.count, self.domain) = (count, domain)
        (self.agent, self.administrator, self.team) = (agent, administrator, team)
    }

    /// What person `number` is called in the control surface and before the @: `person000042`.
    static func name(_ number: Int) -> String {
        let digits = String(number)
        return "person" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// The number in such a name; `nil` for other names and beyond `count`.
    func number(ofName name: some StringProtocol) -> Int? {
        guard name.hasPrefix("person"), let number = Int(name.dropFirst(6)), number >= 0, number < count,
            Self.name(number) == name
        else { return nil }
        return number
    }

    func number(ofUserID id: GUID) -> Int? { number(of: id, high: Self.userIDs) }
    func number(ofObjectID id: GUID) -> Int? { number(of: id, high: Self.objectIDs) }

    static func objectID(_ number: Int) -> GUID { GUID(high: objectIDs, low: low | UInt64(number)) }

    static func displayName(_ number: Int) -> String {
        "\(firstNames[number % firstNames.count]) \(lastNames[number / 3 % lastNames.count])"
    }

    func address(_ number: Int) -> String { "\(Self.name(number))@\(domain)" }

    /// The row of person `number`.
    func row(_ number: Int) -> SystemUser {
        var user = SystemUser(
            id: GUID(high: Self.userIDs, low: Self.low | UInt64(number)), fullName: Self.displayName(number))
        user.person = Self.name(number)
        user.objectID = Self.objectID(number)
        user.domainName = address(number)
        user.email = user.domainName
        let kind = number % 100
        user.emailStatus = kind == 98 ? 2 : 1
        user.isApprovedByAdministrator = kind != 98
        user.isDisabled = kind == 99
        user.roles = kind < 80 || kind >= 98 ? agent : kind < 85 ? administrator : []
        user.teams = [0] + (85..<95 ~= kind ? team : [])
        user.modifiedOn = SystemUser.beginning.adding(seconds: Int64(number))
        return user
    }

    private func number(of id: GUID, high: UInt64) -> Int? {
        guard let number = UInt64(id.value.suffix(12), radix: 16), number < UInt64(count),
            GUID(high: high, low: Self.low | number) == id
        else { return nil }
        return Int(number)
    }
}
