internal import BridgeCore

/// A key of the custom data that an app hands to Cobrowse with its devices: `user_email`.
enum CustomDataKey {
    /// The key that `value` holds; `place` names it in errors.
    static func checked(_ value: JSONValue, at place: String) throws(DocumentError) -> String {
        guard let key = value.stringValue, (1...64).contains(key.utf8.count), key.utf8.allSatisfy(isAllowed) else {
            throw DocumentError(
                at: place, "has to be the name of a custom-data key",
                hint: "1 to 64 letters, digits, . _ -, for example user_email")
        }
        guard !key.hasPrefix(DeviceFilter.prefix) else {
            throw DocumentError(
                at: place, "\"\(key)\" is the name of a parameter and of no custom data",
                hint: "write \"\(key.dropFirst(DeviceFilter.prefix.count))\": \(DeviceFilter.prefix) is put in front")
        }
        return key
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || [UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(byte)
    }
}
