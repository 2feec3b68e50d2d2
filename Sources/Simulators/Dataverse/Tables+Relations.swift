/// Which rows of a table are meant.
enum RowSet {
    case all
    case list([Int])
    case those((Int) -> Bool)

    func contains(_ place: Int) -> Bool {
        switch self {
        case .all: true
        case .list(let places): places.contains(place)
        case .those(let isMeant): isMeant(place)
        }
    }
}

extension Tables {
    /// The rows that a collection of the row at `place` leads to.
    func related(_ entity: EntityType, _ place: Int, _ navigation: String) -> RowSet {
        let (users, roles, teams) = (environment.users, environment.roles, environment.teams)
        return switch (entity.name, navigation) {
        case ("systemuser", "systemuserroles_association"): .list(users[place].roles)
        case ("systemuser", _): .list(users[place].teams)
        case ("role", "systemuserroles_association"): .those { users[$0].roles.contains(place) }
        case ("role", _): .list(teams.indices.filter { teams[$0].roles.contains(place) })
        case ("team", "teamroles_association"): .list(teams[place].roles.filter { roles.indices.contains($0) })
        default: .those { users[$0].teams.contains(place) }
        }
    }

    /// Whether the row at `place` is what `filter` asks for.
    func fits(_ entity: EntityType, _ place: Int, _ filter: ODataExpression?) -> Bool {
        guard let filter else { return true }
        let row = row(entity, place)
        return filter.isTrue(value: { value(row, $0) }) { navigation, condition in
            hasRelated(entity, place, navigation, condition)
        }
    }

    private func hasRelated(
        _ entity: EntityType, _ place: Int, _ navigation: String, _ condition: ODataExpression?
    ) -> Bool {
        guard let target = entity.navigations[navigation].flatMap({ schema[$0] }) else { return false }
        let rows = related(entity, place, navigation)
        return candidates(target, rows, condition).contains { rows.contains($0) && fits(target, $0, condition) }
    }

    /// The places to look at: few where the condition names a key, or the rows are listed.
    func candidates(_ entity: EntityType, _ rows: RowSet, _ condition: ODataExpression?) -> any Sequence<Int> {
        if case .guid(let id) = condition?.required(entity.key) {
            return CollectionOfOne(place(entity, id: id)).compactMap(\.self)
        }
        if entity.name == "systemuser", case .guid(let id) = condition?.required("azureactivedirectoryobjectid") {
            return CollectionOfOne(environment.users.place(ofObjectID: id)).compactMap(\.self)
        }
        if case .list(let places) = rows { return places.sorted() }
        return 0..<count(of: entity)
    }
}
