internal import AuthService
internal import BridgeCore

extension TrustedKey {
    /// How messages name it: its alias and the id, which is always there.
    var shownName: String { alias.map { "\($0) (\(id))" } ?? id }
}

extension Output {
    /// Keeps `{"items":[...]}`, the form of every list.
    func items<Item>(_ items: [Item], _ write: (Item, inout JSONWriter) -> Void) {
        json { writer in
            writer.object { writer in
                writer.name("items")
                writer.array { writer in
                    for item in items { writer.object { write(item, &$0) } }
                }
            }
        }
    }
}
