/// The name of a tenant for people: fits on one line and reads as it is written.
package enum TenantName {
    /// Whether `text` can be one: 1 to 128 characters, none that controls, breaks the line or changes direction.
    package static func isAcceptable(_ text: String) -> Bool {
        (1...128).contains(text.unicodeScalars.count)
            && !text.unicodeScalars.contains { scalar in
                switch scalar.value {
                case 0x00..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
                default: false
                }
            }
    }
}
