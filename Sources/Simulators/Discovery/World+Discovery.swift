import BridgeCore
import HTTPMessage

extension World {
    /// `/api/discovery/v2.0/Instances`.
    mutating func discovery(_ request: SimulatedRequest, fault: Fault.Effect?, _ context: EntraContext) -> HTTPResponse
    {
        do throws(DataverseError) {
            if case .dataverse(.error(let error)) = fault { throw error }
            let segments = request.segments
            guard segments.count == 4, Array(segments[..<3]) == ["api", "discovery", "v2.0"],
                segments[3].hasPrefix("Instances")
            else { throw DataversePath.nowhere }
            let key = try Self.key(String(segments[3].dropFirst("Instances".count)))
            // A token of an application is for no person, and finds nothing here.
            guard let grant = grant(of: request, for: .discovery, context), let person = grant.person else {
                throw DataverseError.unauthorized
            }
            return try DiscoveryService(population: population, sites: context.sites)
                .answer(request, person: person, key: key)
        } catch {
            return answer(error, for: .discovery, context)
        }
    }

    private static func key(_ rest: String) throws(DataverseError) -> InstanceKey? {
        if rest.isEmpty { return nil }
        guard rest.hasPrefix("("), rest.hasSuffix(")") else { throw .unknownSegment("Instances\(rest)") }
        return try InstanceKey(String(rest.dropFirst().dropLast()))
    }
}
