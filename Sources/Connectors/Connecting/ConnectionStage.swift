package import BridgeCore

/// One stage of a connection's test, as administrators see it.
package struct ConnectionStage: Sendable, Hashable {
    package let name: Name
    package let isPassed: Bool
    /// Why it failed; `nil` for one that passed.
    package let code: ReasonCode?
    /// What was found, and what is worth a warning.
    package let detail: String
    /// What to do; `nil` where there is nothing to be done.
    package let hint: String?
    package let fixedBy: FixedBy?

    package enum Name: String, Sendable, Hashable, CaseIterable {
        case input, token, probe, roles, users, organization, permissionSets, emails

        /// Those of a connection to Dynamics 365, in order.
        package static let dynamics = [input, token, probe, roles, users]
        /// Those of a connection to Salesforce, in order.
        package static let salesforce = [input, token, organization, permissionSets, emails]
    }

    /// A stage that passed.
    ///
    /// - Parameter warning: what works all the same and should not stay as it is.
    package static func passed(_ name: Name, _ detail: String, warning: Warning? = nil) -> ConnectionStage {
        ConnectionStage(
            name: name, isPassed: true, code: nil, detail: warning.map { "\(detail); \($0.detail)" } ?? detail,
            hint: warning?.hint, fixedBy: warning?.fixedBy)
    }

    /// A stage that did not. Nobody signs in here, so what an agent could mend is the tenant administrator's.
    package static func failed(_ name: Name, _ error: ConnectorError) -> ConnectionStage {
        ConnectionStage(
            name: name, isPassed: false, code: error.code, detail: error.detail, hint: error.hint,
            fixedBy: error.fixedBy == .agent ? .tenantAdministrator : error.fixedBy)
    }

    /// Something that works and should not stay as it is.
    package struct Warning: Sendable, Hashable {
        package let detail: String
        package let hint: String
        package let fixedBy: FixedBy

        package init(_ detail: String, hint: String, fixedBy: FixedBy) {
            self.detail = detail
            self.hint = hint
            self.fixedBy = fixedBy
        }

        /// Both in one, for the one who can mend the first.
        static func joined(_ warnings: [Warning]) -> Warning? {
            guard let first = warnings.first else { return nil }
            return Warning(
                warnings.map(\.detail).joined(separator: "; "), hint: warnings.map(\.hint).joined(separator: "; "),
                fixedBy: first.fixedBy)
        }
    }
}

extension JSONWriter {
    /// Writes stages as an array of `{"name","ok","code","detail","hint","fixedBy"}`.
    package mutating func connectionStages(_ stages: [ConnectionStage]) {
        array { writer in
            for stage in stages {
                writer.object { writer in
                    writer.member("name", stage.name.rawValue)
                    writer.member("ok", stage.isPassed)
                    writer.member("code", stage.code?.rawValue)
                    writer.member("detail", stage.detail)
                    writer.member("hint", stage.hint)
                    writer.member("fixedBy", stage.fixedBy?.rawValue)
                }
            }
        }
    }
}
