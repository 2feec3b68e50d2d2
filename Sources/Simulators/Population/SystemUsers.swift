import BridgeCore

/// The `systemuser` rows of an environment: those of the document, and after them those that are made when they are asked for.
struct SystemUsers: Sendable {
    private var listed: [SystemUser] = []
    private var placesByID: [GUID: Int] = [:]
    private var placesByObjectID: [GUID: Int] = [:]
    private var placesByApplicationID: [GUID: Int] = [:]
    /// Generated people who have been changed since, by number.
    private var changed: [Int: SystemUser] = [:]
    /// The people that need no memory; `nil` where there are none.
    var generated: GeneratedPeople?

    /// How many rows there are.
    var count: Int { listed.count + (generated?.count ?? 0) }

    /// The row at `place`, which lies below `count`.
    subscript(place: Int) -> SystemUser {
        if place < listed.count { return listed[place] }
        let number = place - listed.count
        return changed[number] ?? generated?.row(number) ?? SystemUser(id: .named("nobody"), fullName: "")
    }

    /// Adds a row after the others of the document, or puts it in the place of the generated one with its id.
    mutating func append(_ user: SystemUser) {
        if let number = generated?.number(ofUserID: user.id) {
            changed[number] = user
            return
        }
        let place = listed.count
        listed.append(user)
        placesByID[user.id] = place
        if let application = user.applicationID { placesByApplicationID[application] = place }
        if let objectID = user.objectID { placesByObjectID[objectID] = place }
    }

    func place(ofID id: GUID) -> Int? {
        placesByID[id] ?? generated?.number(ofUserID: id).map { $0 + listed.count }
    }

    func place(ofObjectID id: GUID) -> Int? {
        placesByObjectID[id] ?? generated?.number(ofObjectID: id).map { $0 + listed.count }
    }

    func place(ofApplicationID id: GUID) -> Int? { placesByApplicationID[id] }
}
