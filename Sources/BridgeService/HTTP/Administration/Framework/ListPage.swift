internal import BridgeCore

/// One page of a list: which entries, and where the next page begins.
struct ListPage<Item> {
    private let list: String
    private let items: [Item]
    private let next: Item?
    private let position: (Item) -> String

    /// - Parameters:
    ///   - list: the operation's id, which its cursors carry.
    ///   - items: one more than `limit` where there is a page behind this one.
    ///   - position: what the store goes on behind.
    init(_ list: String, _ items: [Item], limit: Int, position: @escaping (Item) -> String) {
        self.list = list
        self.items = Array(items.prefix(limit))
        next = items.count > limit ? self.items.last : nil
        self.position = position
    }

    /// `{"items":[...],"next":cursor|null}`.
    func answer(_ write: (Item, inout JSONWriter) -> Void) -> AdministrationAnswer {
        .object { writer in
            writer.name("items")
            writer.array { writer in for item in items { write(item, &writer) } }
            writer.member("next", next.map { ListCursor.text(list, position($0)) })
        }
    }
}
