import BridgeCore

/// All that changes while the stand-ins run.
struct World: Sendable {
    var population: Population
    var entra: EntraState
    var faults = FaultPlan()
    var journal = RequestJournal()
    /// How late every answer is, the control surface's apart.
    var latency = Duration.zero
    /// Whose browsers all of them are: the name of somebody who is signed in to Entra already; `nil` for a page to choose.
    var signedIn: String?
    /// Who is counted against Dataverse's limits, and how far.
    var protection = ServiceProtection()
}
