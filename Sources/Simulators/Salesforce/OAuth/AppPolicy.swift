import BridgeCore

/// Whether a person may use a connected app: what the administrators of the org decided about it.
struct AppPolicy {
    let org: Org
    let app: ConnectedApp
    let now: Timestamp

    /// - Throws: what a sign-in of the person ends in at the redirect URI.
    func checkSignIn(of user: OrgUser) throws(SalesforceOAuthError) {
        if app.isBlocked { throw .blocked }
        guard app.isInstalled || org.rights(of: user, at: now).contains("ApproveUninstalledConnectedApps") else {
            throw .approvalFailed
        }
        if app.isAdminApproved, !isPermitted(user) { throw .notAdminApproved }
    }

    /// - Parameter hasApproved: whether the person allowed the app access before, on a page.
    /// - Throws: what a grant without a browser is refused with.
    func checkGrant(to user: OrgUser, hasApproved: Bool) throws(SalesforceOAuthError) {
        if app.isBlocked { throw .blocked }
        guard app.isInstalled else { throw .approvalFailed }
        guard app.isAdminApproved ? isPermitted(user) : hasApproved else { throw .notApproved }
    }

    private func isPermitted(_ user: OrgUser) -> Bool {
        org.setIDs(of: user, at: now).contains { app.permittedSetIDs.contains($0) }
    }
}

extension Org {
    /// The ids of the sets that count for a user: those of the profile, of assignments, and of groups with their members.
    func setIDs(of user: OrgUser, at now: Timestamp) -> [String] {
        users.assignmentPlaces(of: user.id).compactMap { users.assignment($0) }.filter { counts($0, at: now) }
            .flatMap { [$0.setID] + ($0.group.map { groups[$0].memberIDs } ?? []) }
    }

    /// Whether an assignment gives anything; nobody here ever activates what needs it.
    private func counts(_ assignment: OrgAssignment, at now: Timestamp) -> Bool {
        assignment.counts(at: now) && set(assignment.setID)?.needsActivation != true
    }

    /// The rights that they give.
    func rights(of user: OrgUser, at now: Timestamp) -> Set<String> {
        given(to: user, at: now) { set in Array(set.rights) }
    }

    /// The places of the setup entities that they give access to.
    func entities(of user: OrgUser, at now: Timestamp) -> Set<Int> {
        let apps = app(of: setIDs(of: user, at: now))
        return given(to: user, at: now) { set in set.access }.union(apps)
    }

    /// Everything that the sets of a user give, with what is muted in a group taken from what that group gives.
    private func given<Element: Hashable>(
        to user: OrgUser, at now: Timestamp, _ part: (OrgPermissionSet) -> [Element]
    ) -> Set<Element> {
        var result: Set<Element> = []
        for place in users.assignmentPlaces(of: user.id) {
            guard let assignment = users.assignment(place), counts(assignment, at: now) else { continue }
            guard let group = assignment.group.map({ groups[$0] }) else {
                result.formUnion(set(assignment.setID).map(part) ?? [])
                continue
            }
            let given = Set(group.memberIDs.flatMap { set($0).map(part) ?? [] })
            result.formUnion(given.subtracting(group.mutingIDs.flatMap { set($0).map(part) ?? [] }))
        }
        return result
    }

    private func app(of setIDs: [String]) -> [Int] {
        let held = Set(setIDs)
        return access.filter { held.contains($0.parentID) && entities[$0.entity].kind == .connectedApplication }
            .map(\.entity)
    }

    /// The set with the id.
    func set(_ id: String) -> OrgPermissionSet? { setPlaces[id].map { sets[$0] } }
}
