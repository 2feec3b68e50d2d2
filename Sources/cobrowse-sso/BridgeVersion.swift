/// The version of the bridge: the only place that states it.
enum BridgeVersion {
    static let current = "0.1.0"
}
