package import BridgeCore

extension JSONWriter {
    /// Writes `{"license","created","version","changes":[{"place","before","after"}],"ruleTests","warnings":[],"dryRun"}`.
    package mutating func tenantApplication(_ outcome: TenantApplication.Outcome) {
        object { writer in
            writer.member("license", outcome.license.value)
            writer.member("created", outcome.isNew)
            writer.name("version")
            if let version = outcome.version { writer.integer(version) } else { writer.null() }
            writer.name("changes")
            writer.tenantChanges(outcome.changes)
            writer.member("ruleTests", outcome.ruleTestCount)
            writer.name("warnings")
            writer.array { writer in for warning in outcome.warnings { writer.string(warning) } }
            writer.member("dryRun", outcome.isDryRun)
        }
    }
}
