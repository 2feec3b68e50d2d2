extension CommandTable {
    /// The commands of this executable, in the order of the overview.
    static var all: CommandTable {
        CommandTable(
            commands: [
                CertPubkeyCommand.spec, CertShowCommand.spec, CertImportCommand.spec, CertListCommand.spec,
                CertRemoveCommand.spec, CertCheckCommand.spec,
                KeyGenerateCommand.spec, TokenSignCommand.spec, TokenVerifyCommand.spec, TokenInspectCommand.spec,
                TenantCreateCommand.spec, TenantListCommand.spec, TenantShowCommand.spec,
                TenantExportCommand.spec, TenantApplyCommand.spec, TenantRemoveCommand.spec, RulesTestCommand.spec,
                RulesPreviewCommand.spec,
                AccountListCommand.spec, AccountShowCommand.spec, ExplainCommand.spec, ServeCommand.spec,
                VersionCommand.spec, HelpCommand.spec,
            ],
            groups: [
                Group("cert", "Certificates and the keys a tenant trusts"), Group("key", "Private keys"),
                Group("token", "Tokens"), Group("tenant", "Tenants"), Group("rules", "Rules"),
                Group("account", "Accounts"), Group("explain", "Decisions"),
                Group("serve", "Service"),
            ],
            topics: [.conventions, .exitCodes])
    }
}
