import BridgeCore

/// The people of an org and their assignments: those of the document, and after them those that are made when they are
/// asked for.
struct OrgUsers: Sendable {
    /// In the order of their ids.
    private(set) var listed: [OrgUser] = []
    private(set) var listedAssignments: [OrgAssignment] = []
    private var placesByID: [String: Int] = [:]
    private var placesByName: [String: Int] = [:]
    private var placesByUsername: [String: Int] = [:]
    private var assignmentPlaces: [String: Int] = [:]
    private var assignmentsOfUser: [String: [Int]] = [:]
    /// The numbers of generated people whom the document has, too, because they were changed.
    private(set) var replaced: Set<Int> = []
    /// The people that need no memory; `nil` where there are none.
    var generated: GeneratedUsers? {
        didSet { findReplaced() }
    }

    init(_ object: DocumentObject, _ org: OrgReading) throws(SimulatorError) {
        let domain = "\(org.org).example"
        for (name, user) in try object.dictionary("users", known: OrgUser.members) {
            listed.append(try OrgUser(user, name: name, domain: domain, org))
        }
        listed.sort { $0.id < $1.id }
        listedAssignments = listed.flatMap(\.assignments).sorted { $0.id < $1.id }
        for (place, user) in listed.enumerated() {
            placesByID[user.id] = place
            placesByName[user.name] = place
            guard placesByUsername.updateValue(place, forKey: user.username.lowercased()) == nil else {
                throw .invalid("\(object.place).users: the username \(quoted(user.username)) occurs twice")
            }
        }
        for (place, assignment) in listedAssignments.enumerated() {
            assignmentPlaces[assignment.id] = place
            assignmentsOfUser[assignment.user, default: []].append(place)
        }
    }

    private mutating func findReplaced() {
        guard let generated else { return }
        replaced = Set(listed.compactMap { generated.number(ofUserID: $0.id) })
    }

    var count: Int { listed.count + (generated?.count ?? 0) }
    var assignmentCount: Int { listedAssignments.count + (generated?.count ?? 0) * GeneratedUsers.assignmentsEach }

    /// The user at `place`, which lies below `count`.
    subscript(place: Int) -> OrgUser? {
        place < listed.count ? listed[place] : generated?.user(place - listed.count)
    }

    /// Whether the document has the same person in another place.
    func isReplaced(_ place: Int) -> Bool { !replaced.isEmpty && replaced.contains(place - listed.count) }

    func place(ofID id: String) -> Int? {
        placesByID[id] ?? generated?.number(ofUserID: id).map { $0 + listed.count }
    }

    func place(ofUsername username: String) -> Int? {
        let lowered = username.lowercased()
        return placesByUsername[lowered] ?? generated?.number(ofUsername: lowered).map { $0 + listed.count }
    }

    /// The user of that name in the document, or of that username; generated ones included.
    func user(_ text: String) -> OrgUser? {
        if let place = placesByName[text] ?? place(ofUsername: text) { return self[place] }
        return generated?.number(ofName: text).flatMap { generated?.user($0) }
    }

    func user(id: String) -> OrgUser? { place(ofID: id).flatMap { self[$0] } }

    /// The assignment at `place`, which lies below `assignmentCount`.
    func assignment(_ place: Int) -> OrgAssignment? {
        guard place >= listedAssignments.count else { return listedAssignments[place] }
        let number = place - listedAssignments.count
        return generated?.assignment(
            number % GeneratedUsers.assignmentsEach, of: number / GeneratedUsers.assignmentsEach)
    }

    /// The number of the generated person whose assignment stands at `place`; `nil` before those.
    func generatedOwner(ofAssignment place: Int) -> Int? {
        place < listedAssignments.count ? nil : (place - listedAssignments.count) / GeneratedUsers.assignmentsEach
    }

    func isReplacedAssignment(_ place: Int) -> Bool {
        !replaced.isEmpty && generatedOwner(ofAssignment: place).map(replaced.contains) ?? false
    }

    func place(ofAssignment id: String) -> Int? {
        assignmentPlaces[id] ?? generated?.assignmentNumber(of: id).map { $0 + listedAssignments.count }
    }

    /// The places of a user's assignments.
    func assignmentPlaces(of user: String) -> [Int] {
        if placesByID[user] != nil { return assignmentsOfUser[user] ?? [] }
        guard let number = generated?.number(ofUserID: user) else { return [] }
        let first = listedAssignments.count + number * GeneratedUsers.assignmentsEach
        return Array(first..<first + GeneratedUsers.assignmentsEach)
    }
}
