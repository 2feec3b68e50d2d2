/// Some rows of a table, and where the next page begins.
struct Page {
    let places: [Int]
    /// `nil` on the last page.
    let next: Int?
    /// How many rows there are on all pages, where that was asked for.
    let total: Int?
}

extension Tables {
    /// The page of `rows` that the query asks for.
    ///
    /// - Parameter size: how many rows it has at most.
    func page(_ entity: EntityType, _ rows: RowSet, _ query: ODataQuery, size: Int, ignoresTop: Bool) -> Page {
        let limit = query.top.flatMap { ignoresTop ? nil : $0 } ?? .max
        let start = query.skipToken?.position ?? 0
        let total = query.countsRows ? matching(entity, rows, query).count : nil
        if query.order.isEmpty {
            return scanned(entity, rows, query, from: start, size: min(size, limit), limit, total)
        }
        let sorted = sorted(entity, matching(entity, rows, query), query.order)
        let places = Array(sorted.dropFirst(start).prefix(min(size, limit)))
        let end = start + places.count
        return Page(places: places, next: end < sorted.count && limit > size ? end : nil, total: total)
    }

    private func matching(_ entity: EntityType, _ rows: RowSet, _ query: ODataQuery) -> [Int] {
        var places: [Int] = []
        for place in candidates(entity, rows, query.filter)
        where rows.contains(place) && fits(entity, place, query.filter) {
            places.append(place)
        }
        return places
    }

    /// Goes on from the row where the page before ended, so that reading all pages looks at each row once.
    private func scanned(
        _ entity: EntityType, _ rows: RowSet, _ query: ODataQuery, from start: Int, size: Int, _ limit: Int,
        _ total: Int?
    ) -> Page {
        var places: [Int] = []
        for place in candidates(entity, rows, query.filter) {
            guard place >= start, rows.contains(place), fits(entity, place, query.filter) else { continue }
            guard places.count < size else {
                return Page(places: places, next: limit > size ? place : nil, total: total)
            }
            places.append(place)
        }
        return Page(places: places, next: nil, total: total)
    }

    private func sorted(_ entity: EntityType, _ places: [Int], _ order: [ODataQuery.Order]) -> [Int] {
        let keyed = places.map { place in
            let row = row(entity, place)
            return (place: place, keys: order.map { value(row, $0.column) })
        }
        return keyed.sorted { left, right in
            for (index, order) in order.enumerated() where !left.keys[index].isSame(as: right.keys[index]) {
                return left.keys[index].isBefore(right.keys[index]) != order.isDescending
            }
            return left.place < right.place
        }.map(\.place)
    }
}
