internal import BridgeCore

/// Where a list goes on: opaque to clients, who send back what they were given.
enum ListCursor {
    /// The cursor behind the entry at `position` of the list `list`.
    static func text(_ list: String, _ position: String) -> String {
        Base64URL.encode(Array("\(list) \(position)".utf8))
    }

    /// The position in a cursor of the list `list`.
    ///
    /// - Throws: 400 `configuration_invalid` for anything but a cursor of that list.
    static func position(_ cursor: String, of list: String) throws(RequestRefusal) -> String {
        guard let bytes = Base64URL.decode(cursor.utf8), let text = String(validating: bytes, as: UTF8.self),
            text.hasPrefix("\(list) "), text.utf8.count > list.utf8.count + 1
        else { throw malformed }
        return String(text.dropFirst(list.count + 1))
    }

    /// A cursor that was not made here.
    static var malformed: RequestRefusal {
        .query("cursor", "is none of this list", hint: "send the member next of the page before, unchanged")
    }
}
