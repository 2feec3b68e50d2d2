import BridgeCore

/// All that changes while the stand-ins run.
struct World: Sendable {
    var population: Population
    var entra: EntraState
    var salesforce: SalesforceState
    var faults = FaultPlan()
    var journal = RequestJournal()
    /// How late every answer is, the control surface's apart.
    var latency = Duration.zero
    /// Whose browsers all of them are: the name of somebody who is signed in to Entra and Salesforce already; `nil` for a page to choose.
    var signedIn: String?

    /// Whoever is signed in, where Entra knows a person of that name.
    var sessionAtEntra: String? { signedIn.flatMap { population.person($0) == nil ? nil : $0 } }

    /// Whoever is signed in, where `org` has a user of that name.
    func session(at org: Org) -> String? { signedIn.flatMap { org.users.user($0) == nil ? nil : $0 } }

    /// Who is counted against Dataverse's limits, and how far.
    var protection = ServiceProtection()
}
