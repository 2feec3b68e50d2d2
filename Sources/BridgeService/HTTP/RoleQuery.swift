internal import AuthService
internal import BridgeCore
internal import HTTPMessage
internal import HTTPServer

/// `?role=` of the authorize route: the least role that a gateway lets through.
enum RoleQuery {
    /// The role asked for, `nil` without a query.
    ///
    /// - Throws: 400 for anything but `role=agent` or `role=administrator`: a gateway whose rule has a typing error
    ///   must not let everybody through.
    static func role(_ request: borrowing HTTPRequestView) throws(RequestRefusal) -> Role? {
        guard let query = request.query else { return nil }
        let text = String(decoding: Array(copying: query), as: UTF8.self)
        if text.hasPrefix("role="), let role = Role(rawValue: String(text.dropFirst(5))) { return role }
        throw RequestRefusal(
            .badRequest, .configurationInvalid, "the query is not understood",
            hint: "use ?role=agent or ?role=administrator")
    }

    /// Why a person whose role is lower may not enter.
    static func denial(_ needed: Role) -> AccessDenial {
        AccessDenial(
            .roleMissing, "the account's role is below \(needed.rawValue)",
            hint: "the role comes from the token, or from what the person is assigned in the CRM")
    }
}

extension Array where Element == UInt8 {
    fileprivate init(copying bytes: Span<UInt8>) {
        self.init()
        reserveCapacity(bytes.count)
        for index in 0..<bytes.count { append(bytes[index]) }
    }
}
