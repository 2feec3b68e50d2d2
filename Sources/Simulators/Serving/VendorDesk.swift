import BridgeCore
package import HTTPMessage

/// Answers requests to every site, on one thread; with a socket in front of it or without.
package final class VendorDesk {
    let simulator: Simulator
    private let entra: EntraDesk
    private let salesforce: SalesforceDesk

    package init(_ simulator: Simulator) {
        self.simulator = simulator
        entra = EntraDesk(simulator)
        salesforce = SalesforceDesk(simulator)
    }

    /// An answer, how late it is to be, and what to do when it has been handed over.
    package struct Answer: Sendable {
        package let response: HTTPResponse
        package let delay: Duration
        /// The row that Dataverse's limits count the request for.
        let counted: GUID?
    }

    /// Answers `request`, and writes it down.
    package func answer(_ request: SimulatedRequest) -> Answer {
        guard request.site != .control else { return answerHere(request) }
        let place = Self.place(of: request)
        let fault = place.flatMap { place in simulator.withWorld { $0.faults.take(at: place, target: request.target) } }
        let (response, counted) = respond(to: request, fault: fault)
        let latency = simulator.withWorld { world in
            world.journal.add(request, status: response.status.rawValue, fault: fault?.fault.name, at: simulator.now)
            return world.latency
        }
        return Answer(response: response, delay: latency + (fault?.delay ?? .zero), counted: counted)
    }

    /// What stands in Cobrowse's place is written down as well, the rest of the control surface is not.
    private func answerHere(_ request: SimulatedRequest) -> Answer {
        let response = ControlDesk(simulator).answer(request)
        if LandingPage.paths.contains(request.path) {
            simulator.withWorld {
                $0.journal.add(request, status: response.status.rawValue, fault: nil, at: simulator.now)
            }
        }
        return Answer(response: response, delay: .zero, counted: nil)
    }

    private func respond(
        to request: SimulatedRequest, fault: FaultPlan.Entry?
    ) -> (response: HTTPResponse, counted: GUID?) {
        let effect = fault?.fault.effect
        if case .transport(let transport)? = effect, let response = transport.answer { return (response, nil) }
        let context = simulator.entraContext
        switch request.site {
        case .entra:
            guard let (tenant, endpoint) = EntraEndpoint.at(request.segments) else {
                return (.foreignPage(.notFound, "We can't find that page"), nil)
            }
            return (entra.answer(request, endpoint, tenant: tenant, fault: effect), nil)
        case .discovery: return (simulator.withWorld { $0.discovery(request, fault: effect, context) }, nil)
        case .dataverse(let name): return dataverse(name, request, fault: effect, context)
        case .salesforceLogin: return (salesforce.answer(request, at: .login(isSandbox: false), fault: effect), nil)
        case .salesforceTest: return (salesforce.answer(request, at: .login(isSandbox: true), fault: effect), nil)
        case .salesforce(let org): return (salesforce.answer(request, at: .myDomain(org), fault: effect), nil)
        case .control: return (ControlDesk(simulator).answer(request), nil)
        }
    }

    /// Rows are looked for and written outside the lock of the world.
    private func dataverse(
        _ name: String, _ request: SimulatedRequest, fault: Fault.Effect?, _ context: EntraContext
    ) -> (response: HTTPResponse, counted: GUID?) {
        var counted: GUID?
        do throws(DataverseError) {
            if case .dataverse(.error(let error)) = fault { throw error }
            let admission = try simulator.withWorld { world throws(DataverseError) in
                try world.admit(request, to: name, context)
            }
            counted = admission.caller.user.id
            return (try admission.answer(request, fault: fault), counted)
        } catch {
            return (simulator.withWorld { $0.answer(error, for: .dataverse(name), context) }, counted)
        }
    }

    /// Where the faults for a request are set.
    private static func place(of request: SimulatedRequest) -> Fault.Place? {
        switch request.site {
        case .control: nil
        case .entra: EntraEndpoint.at(request.segments)?.endpoint.place
        case .discovery: .discovery
        case .dataverse: .dataverse
        case .salesforceLogin, .salesforceTest, .salesforce: SalesforceDesk.place(of: request)
        }
    }
}

extension Simulator {
    /// Says that `answer` has been handed over.
    package func finish(_ answer: VendorDesk.Answer) {
        guard let counted = answer.counted else { return }
        withWorld { $0.protection.end(counted) }
    }
}
