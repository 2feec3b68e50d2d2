import BridgeCore
import HTTPMessage

/// The Global Discovery Service: the environments that a person can reach.
struct DiscoveryService {
    let population: Population
    let sites: SiteMap

    static let instance = EntityType(
        "instance", displayName: "Instance", set: "Instances", key: "Id", privilege: "",
        columns: [
            "ApiUrl": .text, "DatacenterId": .guid, "DatacenterName": .text, "EnvironmentId": .text,
            "FriendlyName": .text, "IsUserSysAdmin": .boolean, "LastUpdated": .time, "OrganizationType": .integer,
            "Purpose": .text, "Region": .text, "SchemaType": .text, "State": .integer, "StatusMessage": .integer,
            "TenantId": .guid, "TrialExpirationDate": .time, "UniqueName": .text, "UrlName": .text, "Version": .text,
            "Url": .text,
        ])

    /// The list for a person; no environment is an empty list, and no error.
    ///
    /// - Parameter key: the instance that the path addresses; the answer is a list all the same.
    func answer(_ request: SimulatedRequest, person: GUID, key: InstanceKey?) throws(DataverseError) -> HTTPResponse {
        guard request.method == .get else {
            throw DataverseError(
                .methodNotAllowed, "0x80060888", "The requested resource does not support that method.")
        }
        let query = try ODataQuery(request.query, on: Self.instance, schema: [:])
        guard query.order.isEmpty, query.top == nil, !query.countsRows, query.skipToken == nil else {
            throw .query("Only $select and $filter are supported.")
        }
        let instances = reachable(person).map { values(of: $0) }.filter { values in
            let isAddressed = key.map { values[$0.column]?.isSame(as: $0.value) ?? false } ?? true
            return isAddressed
                && query.filter.map { $0.isTrue(value: { values[$0] ?? .null }, anyRelated: { _, _ in false }) } ?? true
        }
        return .json(contentType: "application/json; odata.metadata=minimal") { writer in
            writer.object { writer in
                writer.member("@odata.context", "\(sites[.discovery])/api/discovery/v2.0/$metadata#Instances")
                writer.name("value")
                writer.array { writer in
                    for values in instances { Self.write(values, query.select, to: &writer) }
                }
            }
        }
    }

    /// Environments with a row of the person that is not disabled.
    private func reachable(_ person: GUID) -> [Environment] {
        population.environments.filter { environment in
            environment.users.place(ofObjectID: person).map { !environment.users[$0].isDisabled } ?? false
        }
    }

    private func values(of environment: Environment) -> [String: ODataValue] {
        let url = sites[.dataverse(environment.name)]
        return [
            "Id": .guid(environment.organizationID), "ApiUrl": .text(url), "Url": .text(url),
            "UniqueName": .text("unq\(environment.organizationID.value.filter { $0 != "-" }.prefix(20))"),
            "UrlName": .text(environment.name), "FriendlyName": .text(environment.friendlyName),
            "EnvironmentId": .text(GUID.named("environment \(environment.name)").value),
            "Region": .text(environment.region), "DatacenterName": .text("\(environment.region).simulator"),
            "DatacenterId": .guid(.named("datacenter \(environment.region)")),
            "State": .integer(environment.isDisabled ? 1 : 0), "StatusMessage": .integer(0),
            "TenantId": ODataValue(population.tenant(named: environment.tenant)?.id),
            "Version": .text("9.2.26011.00154"),
            "OrganizationType": .integer(0), "Purpose": .text(""), "SchemaType": .text("Full"),
            "IsUserSysAdmin": .boolean(false), "LastUpdated": .time(SystemUser.beginning), "TrialExpirationDate": .null,
        ]
    }

    private static func write(_ values: [String: ODataValue], _ select: [String]?, to writer: inout JSONWriter) {
        writer.object { writer in
            for column in select ?? instance.columns.keys.sorted() {
                writer.name(column)
                (values[column] ?? .null).write(to: &writer)
            }
        }
    }
}

/// How a path addresses one instance: by `Id`, or by `UniqueName`.
struct InstanceKey: Sendable {
    let column: String
    let value: ODataValue

    /// Reads what stands in the parentheses.
    ///
    /// - Throws: 400.
    init(_ text: String) throws(DataverseError) {
        if let id = GUID(text) {
            (column, value) = ("Id", .guid(id))
        } else if text.hasPrefix("UniqueName='"), text.hasSuffix("'"), text.utf8.count > 13 {
            (column, value) = ("UniqueName", .text(String(text.dropFirst(12).dropLast())))
        } else {
            throw .query("Bad Request - Error in query syntax.")
        }
    }
}
