package import BridgeCore

extension Tenant {
    /// Writes what lists say of a tenant, into an object that is open.
    package func writeSummaryMembers(to writer: inout JSONWriter) {
        writer.member("license", license.value)
        writer.member("name", name)
        writer.member("createdAt", createdAt.description)
    }
}
