package import BridgeCore

extension Tenant {
    /// Writes what lists say of a tenant, into an object that is open.
    package func writeSummaryMembers(to writer: inout JSONWriter) {
        writer.member("license", license.value)
        writer.member("name", name)
        writer.member("createdAt", createdAt.description)
    }

    /// The tenant with what a document says of it.
    package func applying(_ document: TenantDocument) -> Tenant {
        var tenant = self
        tenant.name = document.name
        tenant.settings = document.settings
        return tenant
    }

    /// `tenant.apply`: name and settings are `changed`'s from now on.
    package func applyEntry(_ changed: Tenant, by actor: Actor, at time: Timestamp) -> AuditEntry {
        AuditEntry(
            "tenant.apply", by: actor, at: time, license: license, before: TenantDocument(self).value,
            after: TenantDocument(changed).value)
    }
}
