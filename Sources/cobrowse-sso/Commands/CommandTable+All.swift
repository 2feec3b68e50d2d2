extension CommandTable {
    /// The commands of this executable, in the order of the overview.
    static var all: CommandTable {
        CommandTable(
            commands: [
                CertPubkeyCommand.spec, CertShowCommand.spec, CertImportCommand.spec, CertListCommand.spec,
                CertRemoveCommand.spec, CertCheckCommand.spec, CertReplaceCommand.spec,
                KeyGenerateCommand.spec, KeyListCommand.spec, KeyRotateCommand.spec, KeyPromoteCommand.spec,
                KeyRetireCommand.spec,
                KeystoreListCommand.spec, KeystoreExportCommand.spec, KeystoreCreateCommand.spec,
                TokenSignCommand.spec, TokenVerifyCommand.spec, TokenInspectCommand.spec,
                TenantCreateCommand.spec, TenantListCommand.spec, TenantShowCommand.spec, TenantExportCommand.spec,
                TenantApplyCommand.spec, TenantRemoveCommand.spec,
                RulesTestCommand.spec, RulesPreviewCommand.spec, RulesProposalsCommand.spec,
                DynamicsTestCommand.spec, DynamicsSaveCommand.spec, DynamicsShowCommand.spec,
                DynamicsRotateSecretCommand.spec, DynamicsRemoveCommand.spec, ConnectionSyncCommand.dynamics,
                DynamicsOrganizationsCommand.spec, DynamicsConsentURLCommand.spec,
                SalesforceTestCommand.spec, SalesforceSaveCommand.spec, SalesforceShowCommand.spec,
                SalesforceRemoveCommand.spec, ConnectionSyncCommand.salesforce, SalesforceApexCommand.spec,
                EmbedURLCommand.spec,
                AccountListCommand.spec, AccountShowCommand.spec, AccountDisableCommand.spec,
                AccountEnableCommand.spec, AccountChangeCommand.spec, AccountRevokeCommand.spec,
                RevocationAddCommand.spec, RevocationListCommand.spec,
                ExplainCommand.spec,
                AuditListCommand.spec, AuditFollowCommand.spec, AuditVerifyCommand.spec,
                AdminTokenCreateCommand.spec, AdminTokenListCommand.spec, AdminTokenRevokeCommand.spec,
                ServeCommand.spec, SimulateCommand.spec, ConfigCheckCommand.spec, ConfigShowCommand.spec,
                BackupCommand.spec, RestoreCommand.spec, MigrateCommand.spec, DoctorCommand.spec,
                VersionCommand.spec, HelpCommand.spec,
            ],
            groups: [
                Group("cert", "Certificates and the keys a tenant trusts"), Group("key", "Private keys"),
                Group("keystore", "Keystores of Java and PKCS#12"),
                Group("token", "Tokens"), Group("tenant", "Tenants"), Group("rules", "Rules"),
                Group("dynamics", "Dynamics 365"), Group("salesforce", "Salesforce"),
                Group("embed-url", "Pages to embed"),
                Group("account", "Accounts"), Group("revocation", "Revocations"), Group("explain", "Decisions"),
                Group("audit", "Audit trail"),
                Group("admin", "Access to the administration"), Group("serve", "Service"),
                Group("simulate", "Stand-ins for tests"),
                Group("config", "Settings of the service"),
            ],
            topics: [.conventions, .exitCodes])
    }
}
