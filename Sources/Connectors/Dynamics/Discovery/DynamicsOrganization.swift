package import BridgeCore

/// An environment that a person can reach, as the Global Discovery Service lists it (`Instance`).
package struct DynamicsOrganization: Sendable, Hashable {
    /// `Id`: the organization's.
    package let id: GUID
    /// `FriendlyName`, for people.
    package let name: String
    /// `Url`, as the other values of a connection need it; `ApiUrl` is the same environment.
    package let environment: EnvironmentURL
    /// `TenantId`, where it is said.
    package let tenantID: GUID?

    /// Reads an instance; `nil` where it has no id, and where its address is none that may be connected.
    init?(_ row: JSONValue, rules: EnvironmentRules) {
        guard let id = row["Id"]?.stringValue.flatMap({ GUID($0) }),
            let environment = [row["Url"], row["ApiUrl"]].lazy.compactMap({ $0?.stringValue })
                .compactMap({ try? EnvironmentURL($0, rules: rules) }).first
        else { return nil }
        self.id = id
        self.environment = environment
        name = row["FriendlyName"]?.stringValue ?? environment.text
        tenantID = row["TenantId"]?.stringValue.flatMap { GUID($0) }
    }
}

/// What a person can choose from; environments that are disabled are counted, and cannot be chosen.
package struct DynamicsOrganizations: Sendable, Hashable {
    /// In order of their names.
    package let items: [DynamicsOrganization]
    package let disabledCount: Int

    /// The one that needs not be chosen; `nil` where there are several, or none.
    package var onlyOne: DynamicsOrganization? { items.count == 1 ? items.first : nil }
}

extension JSONWriter {
    /// Writes the members of a list of organizations into an object that is open.
    ///
    /// - Parameter chosen: the one that has let the person in.
    package mutating func organizationListMembers(_ list: DynamicsOrganizations, _ chosen: DynamicsOrganization?) {
        name("items")
        array { writer in
            for item in list.items { writer.object { $0.organizationMembers(item) } }
        }
        member("next", String?.none)
        member("disabledCount", Int64(list.disabledCount))
        name("chosen")
        guard let chosen else { return value(.null) }
        object { $0.organizationMembers(chosen) }
    }

    /// Writes the members of an organization into an object that is open.
    package mutating func organizationMembers(_ organization: DynamicsOrganization) {
        member("organizationId", organization.id.value)
        member("name", organization.name)
        member("environmentUrl", organization.environment.text)
        member("region", organization.environment.region?.name)
        member("tenantId", organization.tenantID?.value)
    }
}
