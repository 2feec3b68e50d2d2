internal import BridgeCore

extension Policy {
    /// Something in a policy that is allowed and probably not meant.
    package struct Warning: Sendable, Hashable, CustomStringConvertible {
        /// The member meant, from the policy's root: `devices.custom_data`; empty for the policy itself.
        package let place: String
        /// What it does, without a full stop.
        package let text: String

        package var description: String { place.isEmpty ? text : "\(place): \(text)" }
    }

    /// What an administrator should look at: what allows nothing, what is not documented, what contradicts itself.
    package var warnings: [Warning] {
        nothing + unknown + resources.flatMap(\.warnings) + combination + contradictions
    }

    private var nothing: [Warning] {
        resources.isEmpty ? [Warning(place: "", text: "lists no resource, so it allows nothing")] : []
    }

    private var unknown: [Warning] {
        unknownNames.map { name in
            let near = Suggestion.nearest(to: name, among: PolicyResource.Kind.allCases.map(\.rawValue))
            return Warning(
                place: name, text: "is not a documented resource\(near.map { "; did you mean \($0)?" } ?? "")")
        }
    }

    /// Devices, push and sessions make the documented set that can start sessions.
    private var combination: [Warning] {
        let kinds: [PolicyResource.Kind] = [.devices, .push, .sessions]
        let missing = kinds.filter { resource($0) == nil }
        guard resource(.devices) != nil || resource(.push) != nil, let first = missing.first else { return [] }
        return [
            Warning(
                place: first.rawValue,
                text: "is missing: starting a session on a device takes devices, push and sessions together")
        ]
    }

    /// One name, two values: a session has the custom data of its device, so nothing matches both.
    private var contradictions: [Warning] {
        guard let devices = resource(.devices) else { return [] }
        return [PolicyResource.Kind.push, .sessions].flatMap { kind -> [Warning] in
            let filters = resource(kind)?.filters ?? []
            return filters.compactMap { filter in
                guard filter.name != "id" || kind == .push,
                    let other = devices.filters.first(where: { $0.name == filter.name }), other.value != filter.value
                else { return nil }
                return Warning(
                    place: "\(kind.rawValue).\(filter.name)",
                    text: "asks for \(filter.text) and devices for \(other.text): no session can be started")
            }
        }
    }
}

extension PolicyResource {
    fileprivate var warnings: [Policy.Warning] {
        unknownNames.map(unknown) + emptiness + doubts
    }

    /// A member that is not documented; version 1 had the filters where version 3 has `custom_data`.
    private func unknown(_ name: String) -> Policy.Warning {
        let allowed = kind.hasFilters ? ["id", "custom_data"] : ["permissions"]
        let hint =
            Suggestion.nearest(to: name, among: allowed).map { "; did you mean \($0)?" }
            ?? (kind.hasFilters ? "; values to filter by stand in custom_data" : "; known is permissions")
        return Policy.Warning(place: "\(kind).\(name)", text: "is not documented and may be ignored\(hint)")
    }

    private var emptiness: [Policy.Warning] {
        var warnings: [Policy.Warning] = []
        if hasEmptyCustomData {
            warnings.append(
                Policy.Warning(place: "\(kind).custom_data", text: "holds nothing, so it does not limit \(kind)"))
        }
        for filter in filters where filter.value == .string("") {
            warnings.append(
                Policy.Warning(place: "\(kind).\(filter.name)", text: "asks for an empty text, which may match nothing")
            )
        }
        if permissions?.isEmpty == true {
            warnings.append(Policy.Warning(place: "\(kind).permissions", text: "is empty, so it allows nothing"))
        }
        return warnings
    }

    private var doubts: [Policy.Warning] {
        var warnings: [Policy.Warning] = []
        for (index, name) in (permissions ?? []).enumerated() {
            let place = "\(kind).permissions[\(index)]"
            if !Self.permissionNames.contains(name) {
                let known = Self.permissionNames.joined(separator: ", ")
                warnings.append(Policy.Warning(place: place, text: "is not documented; known are \(known)"))
            } else if permissions?.firstIndex(of: name) != index {
                warnings.append(Policy.Warning(place: place, text: "stands there twice"))
            }
        }
        if kind == .members, permissions != ["read"], permissions?.isEmpty != true {
            warnings.append(
                Policy.Warning(
                    place: "members", text: "lets whoever has the token change who may sign in, as SCIM needs it"))
        }
        return warnings
    }
}
