/// A page of Cobrowse that other pages embed.
package enum EmbedPage: String, Sendable, Hashable, CaseIterable {
    /// The list of devices.
    case dashboard
    /// Where the agent enters the code that the customer reads out.
    case code
    /// Connects to the one device that matches the filters, and asks where several do.
    case connect
}
