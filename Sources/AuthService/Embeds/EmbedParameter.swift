internal import BridgeCore

/// A documented parameter of Cobrowse's embedded pages, besides token and filters; the raw value is its name in the URL.
package enum EmbedParameter: String, Sendable, Hashable, CaseIterable {
    case navigation
    case endAction = "end_action"
    case popout
    case agentTools = "agent_tools"
    case deviceControls = "device_controls"
    case sessionDetails = "session_details"
    case messages
    case language = "lng"

    /// The values there are; `nil` for a language.
    package var values: [String]? {
        switch self {
        case .navigation, .popout, .agentTools, .deviceControls, .sessionDetails, .messages: ["none"]
        case .endAction: ["dashboard", "none", "code"]
        case .language: nil
        }
    }

    /// What it is for, one clause.
    package var summary: String {
        switch self {
        case .navigation: "hide the navigation"
        case .endAction: "what follows the end of a session"
        case .popout: "hide the button that opens a window of its own"
        case .agentTools: "hide the tools for drawing and the like"
        case .deviceControls: "hide the controls of the device"
        case .sessionDetails: "hide the details of the session"
        case .messages: "hide the messages"
        case .language: "language of the page, such as de or pt-BR"
        }
    }

    /// Whether `value` is one that the parameter takes; of languages the form is looked at (BCP 47).
    package func takes(_ value: String) -> Bool {
        if let values { return values.contains(value) }
        let parts = value.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return value.utf8.count <= 35 && (2...3).contains(parts.first?.count ?? 0)
            && parts.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy(ASCII.isAlphanumeric) }
    }
}
