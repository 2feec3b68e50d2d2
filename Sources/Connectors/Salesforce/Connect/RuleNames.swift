internal import AuthService
internal import BridgeCore

/// What the rules of a tenant name in an org, and whether it is there.
struct RuleNames: Sendable {
    /// What is looked for.
    private let wanted: ArraySlice<Name>
    /// How many names there are besides.
    private let restCount: Int

    /// One name, and where it is looked for.
    private struct Name: Hashable {
        let kind: Kind
        let text: String

        enum Kind: String {
            case permissionSet = "permission set"
            case group = "permission set group"
            case customPermission = "custom permission"
            case profile = "profile"
        }
    }

    /// More are not looked for: each is a query, and whoever waits for the test has better to do.
    private static let largestCount = 20

    init(_ rules: [Rule]) {
        var names: [Name] = []
        var seen: Set<Name> = []
        for rule in rules {
            let name: Name
            switch rule.match {
            case .salesforcePermissionSet(let text): name = Name(kind: .permissionSet, text: text)
            case .salesforcePermissionSetGroup(let text): name = Name(kind: .group, text: text)
            case .salesforceCustomPermission(let text): name = Name(kind: .customPermission, text: text)
            case .salesforceProfile(let text): name = Name(kind: .profile, text: text)
            case .dynamicsSecurityRole, .dynamicsTeam: continue
            }
            if seen.insert(name).inserted { names.append(name) }
        }
        wanted = names.prefix(Self.largestCount)
        restCount = names.count - wanted.count
    }

    /// Looks.
    ///
    /// - Throws: as `SalesforceClient.query`.
    func stage(_ client: SalesforceClient) async throws(ConnectorError) -> ConnectionStage {
        var missing: [Name] = []
        for name in wanted where try await client.query(Self.query(name)).isEmpty { missing.append(name) }
        return .passed(.permissionSets, found(wanted.count - missing.count), warning: Self.warning(missing))
    }

    private func found(_ count: Int) -> String {
        guard !wanted.isEmpty else {
            return "permission sets, groups and custom permissions can be read; no rule names one"
        }
        let found = "\(count) of the \(wanted.count) names in rules are there"
        return restCount == 0 ? found : "\(found); the other \(restCount) were not looked for"
    }

    /// One row of what has the name, the label, the namespaced name or the id.
    private static func query(_ name: Name) -> SOQL {
        let id: SOQL = SalesforceID(name.text).map { " OR Id = \($0)" } ?? ""
        let plain = name.text
        let parts = plain.split(separator: "_", omittingEmptySubsequences: false)
        // PREFIX__NAME: a prefix has no two underscores.
        let end = plain.firstRange(of: "__")
        let packaged: SOQL? = end.flatMap { range in
            guard range.lowerBound > plain.startIndex, parts.count > 2 else { return nil }
            return "\(String(plain[range.upperBound...]))"
        }
        let prefix = end.map { String(plain[..<$0.lowerBound]) } ?? ""
        switch name.kind {
        case .permissionSet:
            let inPackage: SOQL = packaged.map { " OR (NamespacePrefix = \(prefix) AND Name = \($0))" } ?? ""
            return "SELECT Id FROM PermissionSet WHERE Name = \(plain) OR Label = \(plain)\(inPackage)\(id) LIMIT 1"
        case .group, .customPermission:
            let inPackage: SOQL = packaged.map { " OR (NamespacePrefix = \(prefix) AND DeveloperName = \($0))" } ?? ""
            let object: SOQL = name.kind == .group ? "PermissionSetGroup" : "CustomPermission"
            return """
                SELECT Id FROM \(object) WHERE DeveloperName = \(plain) OR MasterLabel = \(plain)\(inPackage)\(id) LIMIT 1
                """
        case .profile: return "SELECT Id FROM Profile WHERE Name = \(plain)\(id) LIMIT 1"
        }
    }

    private static func warning(_ missing: [Name]) -> ConnectionStage.Warning? {
        guard !missing.isEmpty else { return nil }
        let names = missing.map { "\($0.kind.rawValue) \(quoted($0.text))" }.joined(separator: ", no ")
        return ConnectionStage.Warning(
            "the org has no \(names)",
            hint:
                "install Cobrowse's package, which brings its permission sets, or name those that you use in the tenant's "
                + "rules", fixedBy: .tenantAdministrator)
    }
}
