/// One condition on the custom data of the devices that are listed; several have to be met at once.
package struct DeviceFilter: Sendable, Hashable {
    /// What Cobrowse puts in front of a custom-data key in a URL.
    static let prefix = "filter_"
    /// How long a value is at most, in bytes of UTF-8: an address has no more than 254.
    package static let valueLimit = 256

    /// The custom-data key, 1 to 64 bytes.
    package let key: String
    /// The value it has to have, 1 to 256 bytes.
    package let value: String
}
