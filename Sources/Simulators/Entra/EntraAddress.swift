/// The URLs of an authority, whose origin a stand-in has in the place of `https://login.microsoftonline.com`.
struct EntraAddress: Sendable {
    let origin: String

    /// `iss` of the tokens of a tenant; `{tenantid}` stands for any.
    func issuer(_ tenant: String) -> String { "\(origin)/\(tenant)/v2.0" }
    func keys(_ tenant: String) -> String { "\(origin)/\(tenant)/discovery/v2.0/keys" }
    func authorize(_ tenant: String) -> String { "\(origin)/\(tenant)/oauth2/v2.0/authorize" }
    func token(_ tenant: String) -> String { "\(origin)/\(tenant)/oauth2/v2.0/token" }
    func deviceCode(_ tenant: String) -> String { "\(origin)/\(tenant)/oauth2/v2.0/devicecode" }
    func logout(_ tenant: String) -> String { "\(origin)/\(tenant)/oauth2/v2.0/logout" }
    var deviceLogin: String { "\(origin)/devicelogin" }
}
