import BridgeCore

extension GUID {
    /// The identifier that belongs to `name`, the same in every run; it looks like a random one (version 4).
    static func named(_ name: String) -> GUID {
        let (high, low) = (mixed(name, seed: 0xCBF2_9CE4_8422_2325), mixed(name, seed: 0x6C62_272E_07BB_0142))
        return GUID(high: high & ~0xF000 | 0x4000, low: low >> 2 | 0x8000_0000_0000_0000)
    }

    /// FNV-1a with a finalizer, so that similar names are no similar identifiers.
    private static func mixed(_ name: String, seed: UInt64) -> UInt64 {
        var hash = seed
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }
}
