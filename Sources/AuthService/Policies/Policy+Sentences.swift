internal import BridgeCore

extension Policy {
    /// What the policy allows, a sentence each without its full stop: `may start sessions on devices whose
    /// custom_data.user_id is "u1"`. Values stand in JSON's quotes; nobody has made them safe for a terminal.
    package var sentences: [String] {
        let sentences = (startingSentence.map { [$0] } ?? deviceSentences) + [sessionsSentence] + rights
        let known = sentences.compactMap { $0 }
        return known.isEmpty ? ["may do nothing"] : known
    }

    /// Starting a session takes all three: the device is found, woken by a push, and the session entered.
    private var startingSentence: String? {
        guard let devices = resource(.devices), let push = resource(.push), let sessions = resource(.sessions),
            Set(push.filters) == Set(devices.filters), sessions.isWithin(devices)
        else { return nil }
        return "may start sessions on \(devices.things("devices", all: "every device"))"
    }

    private var deviceSentences: [String?] {
        [
            resource(.devices).map { "may see \($0.things("devices", all: "every device"))" },
            resource(.push).map { "may send push messages to \($0.things("devices", all: "every device"))" },
        ]
    }

    private var sessionsSentence: String? {
        resource(.sessions).map { "may see and enter \($0.things("sessions", all: "all sessions"))" }
    }

    private var rights: [String?] {
        [resource(.features)?.rights(on: "features and settings"), resource(.members)?.rights(on: "members")]
    }
}

extension PolicyResource {
    /// Whether every session on one of `devices` is allowed too: the filters ask for nothing more than the devices'.
    fileprivate func isWithin(_ devices: PolicyResource) -> Bool { Set(filters).isSubset(of: devices.filters) }

    /// The things the filters leave.
    fileprivate func things(_ name: String, all: String) -> String {
        filters.isEmpty ? all : "\(name) whose \(Self.list(filters.map { "\($0.name) is \($0.text)" }))"
    }

    /// What may be done with the account's `name`; `nil` for nothing.
    fileprivate func rights(on name: String) -> String? {
        guard let permissions else { return "may do everything with the account's \(name)" }
        let known = Self.permissionNames.filter(permissions.contains)
        return known.isEmpty ? nil : "may \(Self.list(known)) the account's \(name)"
    }

    /// `a, b and c`.
    private static func list(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension PolicyResource.Filter {
    /// The value as JSON.
    var text: String {
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }
}
