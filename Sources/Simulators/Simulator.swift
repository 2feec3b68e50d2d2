package import BridgeCore
package import BridgeCrypto
import Synchronization

/// The stand-ins of Entra, Dataverse, Global Discovery and Salesforce, which share one world of people and tokens.
///
/// Requests are answered by a `VendorDesk`, one for each thread; this is what the desks share, and what a test holds to
/// set faults, change people and look at what was asked.
package final class Simulator: Sendable {
    package let sites: SiteMap
    private let clock: any WallClock
    private let random: any RandomSource
    private let origin: PopulationSource
    private let world: Mutex<World>

    /// - Parameters:
    ///   - sites: where the stand-ins are reached; the environments have to be those of the population.
    ///   - random: where tokens come from.
    /// - Throws: `configuration_invalid` for a population that says something impossible, `internal`.
    package init(
        _ source: PopulationSource, sites: SiteMap, clock: any WallClock,
        random: any RandomSource = SystemRandomSource()
    ) throws(SimulatorError) {
        (origin, self.sites, self.clock, self.random) = (source, sites, clock, random)
        world = Mutex(try Self.world(source))
    }

    private static func world(_ source: PopulationSource) throws(SimulatorError) -> World {
        let keys = try EntraKeys(.shared, foreignTenant: .named("tenant of strangers"))
        return World(
            population: source.population, entra: EntraState(keys: keys),
            salesforce: SalesforceState(keys: try SalesforceKeys(.shared)))
    }

    /// Does something to the world while nobody else can.
    func withWorld<Result: Sendable, Failure: Error>(
        _ body: (inout World) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try world.withLock { world throws(Failure) in try body(&world) }
    }

    var now: Timestamp { clock.now }

    var entraContext: EntraContext { EntraContext(sites: sites, now: clock.now, random: random) }

    var salesforceContext: SalesforceContext { SalesforceContext(sites: sites, now: clock.now, random: random) }

    /// Makes the world as it was at the beginning; tokens, faults and changes are gone.
    package func reset() throws(SimulatorError) {
        let fresh = try Self.world(origin)
        world.withLock { $0 = fresh }
    }
}
