import BridgeCore

/// All that changes while the stand-ins run.
struct World: Sendable {
    var population: Population
    var entra: EntraState
    var faults = FaultPlan()
    var journal = RequestJournal()
    /// How late every answer is, the control surface's apart.
    var latency = Duration.zero
    /// Who is counted against Dataverse's limits, and how far.
    var protection = ServiceProtection()
}
