extension AccountSettlement {
    /// The role that is remembered as given by the identity of a login.
    ///
    /// That of a last administrator who stays one is what was kept: a later sync can lower it then, as soon as there is
    /// another administrator.
    package func grantedRole(by grant: Grant) -> Role { keepsLastAdministrator ? account.role : grant.role }
}
