internal import AuthService
internal import BridgeCore

extension SalesforceInput {
    private static let clientHint =
        "copy the Consumer Key of the app: App Manager > View > Manage Consumer Details, or External Client App Manager > "
        + "Settings > OAuth Settings > Consumer Key and Secret"

    /// The consumer key: the given one, the stored one, or the operator's.
    mutating func clientID() -> ClientID? {
        let isOperators: Bool =
            switch draft.clientID {
            case .absent: known == nil ? setup.operatorClient != nil : known?.clientID == nil
            case .none: true
            case .text: false
            }
        if isOperators {
            guard let client = setup.operatorClient else {
                problems.note(
                    "clientId", "is missing, and the bridge has no app of its own (salesforce__client_id)",
                    hint: Self.clientHint)
                return nil
            }
            return ClientID(value: client.clientID, isOwn: false)
        }
        guard let text = draft.clientID.text else {
            guard let id = known?.clientID else {
                problems.note("clientId", "is missing", hint: Self.clientHint)
                return nil
            }
            return ClientID(value: id, isOwn: true)
        }
        let id = CopiedText.unwrapped(text)
        if let problem = ConsumerKey.problem(id) {
            problems.note("clientId", problem, hint: Self.clientHint)
            return nil
        }
        return ClientID(value: id, isOwn: true)
    }

    /// The username of the integration user; `nil` where there is none.
    mutating func integrationUsername() -> String? {
        let hint =
            "copy the Username from Setup > Users; it looks like an e-mail address, and often is not the user's own"
        let text: String
        switch draft.integrationUsername {
        case .absent: return known?.integrationUsername
        case .none: return nil
        case .text(let given): text = CopiedText.unwrapped(given)
        }
        if text.isEmpty {
            problems.note("integrationUsername", "is empty", hint: hint)
        } else if SalesforceID(text) != nil {
            problems.note("integrationUsername", "\(quoted(text)) is the id of a user, not a username", hint: hint)
        } else if !Self.isUsername(text) {
            problems.note("integrationUsername", "\(quoted(text)) is no username of Salesforce", hint: hint)
        } else {
            return text
        }
        return nil
    }

    /// At most 80 characters, with one `@`, something around it, and no white space ("User", object reference).
    private static func isUsername(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        return text.utf8.count <= 80 && halves.count == 2 && halves.allSatisfy { !$0.isEmpty }
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    static let organizationHint =
        "copy the Salesforce.com Organization ID from Setup > Company Information; it begins with 00D"
    private static let canvasHint =
        "copy it from a decision with the source canvas, which names the application; it begins with 06P"

    /// The org; `nil` where nobody has said it.
    mutating func organizationID() -> SalesforceID? {
        recordID(
            "organizationId", draft.organizationID, kept: known?.organizationID, of: "orgs", prefix: "00D",
            hint: Self.organizationHint)
    }

    /// The canvas app; `nil` where any will do.
    mutating func canvasApplicationID() -> SalesforceID? {
        recordID(
            "canvasApplicationId", draft.canvasApplicationID, kept: known?.canvasApplicationID, of: "canvas apps",
            prefix: "06P", hint: Self.canvasHint)
    }

    /// The id that was given, or the stored one; what is no id of such records is noted.
    private mutating func recordID(
        _ member: String, _ entry: DraftEntry, kept: SalesforceID?, of records: String, prefix: String, hint: String
    ) -> SalesforceID? {
        let text: String
        switch entry {
        case .absent: return kept
        case .none: return nil
        case .text(let given): text = CopiedText.unwrapped(given)
        }
        guard let id = SalesforceID(text) else {
            problems.note(member, Self.problem(ofID: text), hint: hint)
            return nil
        }
        guard id.value.hasPrefix(prefix) else {
            problems.note(
                member, "\(quoted(text)) is the id of something else: those of \(records) begin with \(prefix)",
                hint: hint)
            return nil
        }
        return id
    }

    private static func problem(ofID text: String) -> String {
        if text.isEmpty { return "is empty" }
        let isAlphanumeric = text.utf8.allSatisfy {
            Character(Unicode.Scalar($0)).isLetter || (0x30...0x39).contains($0)
        }
        guard isAlphanumeric, text.utf8.count == 18 else {
            return "\(quoted(text)) is no id of Salesforce, which has 15 or 18 letters and digits"
        }
        return "\(quoted(text)) has check characters that do not fit: a letter was changed, or its case"
    }
}
