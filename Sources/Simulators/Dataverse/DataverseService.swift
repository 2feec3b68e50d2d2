import BridgeCore
import HTTPMessage

/// The Web API of one environment, as it is at one moment.
struct DataverseService: Sendable {
    let tables: Tables
    let population: Population
    let origin: String

    init(_ environment: Environment, population: Population, origin: String) {
        tables = Tables(environment)
        self.population = population
        self.origin = origin
    }

    /// Answers a caller that is known.
    ///
    /// - Throws: the refusal.
    func answer(
        _ request: SimulatedRequest, caller: Caller, paging: PagingDefect?
    ) throws(DataverseError) -> HTTPResponse {
        try checkVersion(request)
        try checkImpersonation(request, caller: caller)
        guard request.method == .get else {
            throw DataverseError(
                .methodNotAllowed, "0x80060888",
                "The requested resource does not support http method '\(request.method.rawValue)'.")
        }
        switch try DataversePath(request.segments) {
        case .whoAmI: return whoAmI(caller)
        case .set(let name):
            let entity = try entity(set: name)
            return try list(entity, .all, request, caller: caller, context: entity.set, paging: paging)
        case .row(let name, let key): return try row(try entity(set: name), key, request, caller: caller)
        case .collection(let name, let key, let navigation):
            return try collection(try entity(set: name), key, navigation, request, caller: caller, paging: paging)
        case .rolesOfPerson(let id): return try roles(ofPerson: id, request, caller: caller)
        }
    }

    /// Both fields may be absent; a version that is not 4.0 is refused.
    private func checkVersion(_ request: SimulatedRequest) throws(DataverseError) {
        for name in ["OData-Version", "OData-MaxVersion"] {
            guard let version = request.field(name), !["4.0", "4.01"].contains(version) else { continue }
            throw .query("The value '\(version)' of the header '\(name)' is not supported.")
        }
    }

    private func checkImpersonation(_ request: SimulatedRequest, caller: Caller) throws(DataverseError) {
        for name in ["CallerObjectId", "MSCRMCallerID"] where request.field(name) != nil {
            try caller.check("prvActOnBehalfOfAnotherUser")
        }
    }

    private func entity(set name: String) throws(DataverseError) -> EntityType {
        guard let entity = tables.schema.values.first(where: { $0.set == name }) else { throw .unknownSegment(name) }
        return entity
    }

    private var api: String { "\(origin)/api/data/v9.2" }

    private func whoAmI(_ caller: Caller) -> HTTPResponse {
        let unit = tables.environment.businessUnits[caller.user.businessUnit].id
        return answer { writer in
            writer.object { writer in
                writer.member("@odata.context", "\(api)/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse")
                writer.member("BusinessUnitId", unit.value)
                writer.member("UserId", caller.user.id.value)
                writer.member("OrganizationId", tables.environment.organizationID.value)
            }
        }
    }

    private func row(
        _ entity: EntityType, _ key: DataversePath.Key, _ request: SimulatedRequest, caller: Caller
    ) throws(DataverseError) -> HTTPResponse {
        try caller.check(entity.privilege)
        let query = try ODataQuery(request.query, on: entity, schema: tables.schema)
        guard query.filter == nil, query.order.isEmpty, query.top == nil, !query.countsRows, query.skipToken == nil
        else {
            throw .query("The query options of a collection cannot be applied to a single row.")
        }
        let writer = RowWriter(tables: tables, entity: entity, select: query.select)
        let place = try place(of: key, in: entity)
        let context = "\(api)/$metadata#\(entity.set)\(writer.contextColumns)/$entity"
        return answer { writer.write(place, to: &$0, context: context) }
    }

    private func place(of key: DataversePath.Key, in entity: EntityType) throws(DataverseError) -> Int {
        switch key {
        case .id(let id):
            guard let place = tables.place(entity, id: id) else { throw .unknownRow(entity.displayName, id.value) }
            return place
        case .alternate(let column, let id):
            guard entity.alternateKeys.contains(column) else {
                throw .query("The key '\(column)' is no key of the entity '\(entity.name)'.")
            }
            guard let place = tables.environment.users.place(ofObjectID: id) else {
                throw .unknownRow(entity.displayName, id.value)
            }
            return place
        }
    }

    private func collection(
        _ entity: EntityType, _ key: DataversePath.Key, _ navigation: String, _ request: SimulatedRequest,
        caller: Caller, paging: PagingDefect?
    ) throws(DataverseError) -> HTTPResponse {
        guard let target = entity.navigations[navigation].flatMap({ tables.schema[$0] }) else {
            throw .unknownSegment(navigation)
        }
        try caller.check(entity.privilege)
        let place = try place(of: key, in: entity)
        let rows = tables.related(entity, place, navigation)
        return try list(target, rows, request, caller: caller, context: target.set, paging: paging)
    }

    /// What Entra says of the person's groups counts, not what is stored of the teams that follow them.
    private func roles(
        ofPerson id: GUID, _ request: SimulatedRequest, caller: Caller
    ) throws(DataverseError) -> HTTPResponse {
        guard let role = tables.schema["role"] else { throw .unknownSegment("RetrieveAadUserRoles") }
        try caller.check("prvReadUser")
        let environment = tables.environment
        let user = environment.users.place(ofObjectID: id).map { environment.users[$0] }
        let isStrong = request.field("Consistency")?.lowercased() == "strong"
        let direct = (isStrong ? nil : user?.staleRoles) ?? user?.roles ?? []
        let groups = population.person(objectID: id)?.groups ?? []
        let stored = (user?.teams ?? []).filter { !environment.teams[$0].isGroupTeam }
        let byGroup = environment.teams.indices.filter { environment.teams[$0].group.map(groups.contains) ?? false }
        let all = Set(direct + (stored + byGroup).flatMap { environment.teams[$0].roles })
        return try list(role, .list(all.sorted()), request, caller: caller, context: role.set, paging: nil)
    }
}

extension DataverseAdmission {
    /// The answer, with the caller's limits in its fields.
    ///
    /// - Throws: the refusal.
    func answer(_ request: SimulatedRequest, fault: Fault.Effect?) throws(DataverseError) -> HTTPResponse {
        var paging: PagingDefect?
        if case .dataverse(.paging(let defect)) = fault { paging = defect }
        var response = try service.answer(request, caller: caller, paging: paging)
        response.fields.append(DataverseHeaders.remainingRequests, HTTPFieldValue(replacingIllegalIn: "\(remaining)"))
        response.fields.append(DataverseHeaders.remainingTime, "1,200.00")
        return response
    }
}
