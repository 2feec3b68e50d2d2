import BridgeCore

/// Where a population comes from: the one that is built in, or a document of somebody's own.
package struct PopulationSource: Sendable {
    let population: Population

    /// The one that `Docs/Simulators.md` describes.
    ///
    /// - Parameters:
    ///   - bridgeURL: where the bridge is, for redirect URIs; without a slash at the end.
    ///   - generatedCount: how many people there are besides those with names.
    package static func builtIn(bridgeURL: String, generatedCount: Int = 0) throws(SimulatorError) -> PopulationSource {
        try PopulationSource(PackageResources.population_json, bridgeURL: bridgeURL, generatedCount: generatedCount)
    }

    /// - Parameter json: a document; `{bridge}` in it stands for `bridgeURL`.
    /// - Throws: `configuration_invalid`.
    package init(_ json: [UInt8], bridgeURL: String, generatedCount: Int) throws(SimulatorError) {
        let document: JSONValue
        do throws(JSONError) {
            document = Self.replaced(try JSONValue(parsing: json), bridgeURL)
        } catch {
            throw .invalid("the population is no JSON: \(error)")
        }
        population = try Population(document, generatedCount: generatedCount)
    }

    /// Every site there has to be, in the order of their ports.
    package var sites: [Site] {
        [.control, .entra, .discovery] + population.environments.map { .dataverse($0.name) }
            + (population.orgs.isEmpty ? [] : [.salesforceLogin, .salesforceTest])
            + population.orgs.map { .salesforce($0.name) }
    }

    private static func replaced(_ value: JSONValue, _ url: String) -> JSONValue {
        switch value {
        case .string(let text) where text.hasPrefix("{bridge}"): .string(url + text.dropFirst(8))
        case .array(let elements): .array(elements.map { replaced($0, url) })
        case .object(let members):
            .object(members.map { JSONMember(name: $0.name, value: replaced($0.value, url)) })
        default: value
        }
    }
}
