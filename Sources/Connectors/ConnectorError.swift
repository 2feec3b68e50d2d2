package import BridgeCore

/// Why a vendor could not be asked, or what it answered in place of what was asked for.
///
/// Texts never hold a secret, a token or an assertion; what a vendor wrote is shown cleaned and cut.
package struct ConnectorError: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let ownDetail: String
    package let hint: String?
    /// Who can mend it; `nil` where time does.
    package let fixedBy: FixedBy?
    /// The vendor's own name for it, such as `AADSTS7000215`.
    package let vendorCode: String?
    /// How long the vendor asks to be left alone, in seconds.
    package let retryAfter: Int64?

    /// - Parameter ownDetail: the detail without the vendor's words, where it has some.
    package init(
        _ code: ReasonCode, _ detail: String, ownDetail: String? = nil, hint: String? = nil, fixedBy: FixedBy? = nil,
        vendorCode: String? = nil, retryAfter: Int64? = nil
    ) {
        self.code = code
        self.detail = detail
        self.ownDetail = ownDetail ?? detail
        self.hint = hint
        self.fixedBy = fixedBy
        self.vendorCode = vendorCode
        self.retryAfter = retryAfter
    }

    /// Equal when codes are: texts are for people.
    package static func == (left: ConnectorError, right: ConnectorError) -> Bool {
        left.code == right.code && left.vendorCode == right.vendorCode
    }
}
