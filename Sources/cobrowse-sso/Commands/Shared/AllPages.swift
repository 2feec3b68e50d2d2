internal import AuthService

/// How many rows of a list are asked for at once.
private let pageSize = 500

/// Everything that a store lists, page by page, so that a service on the same store is never held up for long.
///
/// - Parameter page: the items after the given one, at most as many as the number says.
func allPages<Item: Sendable>(
    _ page: (Item?, Int) async throws(StoreError) -> [Item]
) async throws(StoreError) -> [Item] {
    var items: [Item] = []
    while true {
        let next = try await page(items.last, pageSize)
        items += next
        if next.count < pageSize { return items }
    }
}
