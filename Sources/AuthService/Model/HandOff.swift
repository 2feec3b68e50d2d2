/// How a finished browser login comes back to the page it began on.
package enum HandOff: String, Sendable, Hashable, CaseIterable {
    /// `?code=`, which the page's back end exchanges for the token, once, within 60 s.
    case code
    /// `?token=`, Cobrowse's own form for embedding: the token itself stands in the address.
    case token
}
