import BridgeCore

/// The form of the facts in a rule test: which members there are, and what they are checked by.
///
/// Facts become facts of a decision only when a test runs; until then they are kept as the administrator wrote them,
/// with their members in the order of the form.
enum FactsForm: String, CaseIterable {
    case salesforce, dynamics

    /// Reads facts; unknown members and wrong types are refused at their place.
    func read(_ value: JSONValue, at place: String) throws(DocumentError) -> RuleTest.Facts {
        switch self {
        case .salesforce:
            let ordered = try Self.salesforce(value, at: place)
            _ = try Self.salesforceFacts(ordered, at: place)
            return .salesforce(ordered)
        case .dynamics: return .dynamics(try Self.dynamics(value, at: place))
        }
    }
}

extension FactsForm {
    /// Through which connection it would be is no matter of rules.
    private static let salesforceNames = SalesforceFacts.memberNames.filter { $0 != "connection" }
    /// Whose row it would be is no matter of rules.
    private static let dynamicsNames = DynamicsFacts.memberNames.filter {
        !DynamicsFacts.Person.memberNames.contains($0)
    }
    private static let securityRoleNames = ["name", "rootId", "templateId"]

    private static func salesforce(_ value: JSONValue, at place: String) throws(DocumentError) -> JSONValue {
        let object = try DocumentObject(value, at: place, names: salesforceNames)
        return try object.ordered(salesforceNames) { name, value throws(DocumentError) in
            let isList = ["permissionSets", "permissionSetGroups", "customPermissions"].contains(name)
            guard isList || name == "profile" && value.objectValue != nil else { return value }
            let place = object.place(of: name)
            let names = SalesforceFacts.Component.memberNames
            return isList
                ? try elements(value, at: place, objectNames: names) : try element(value, at: place, objectNames: names)
        }
    }

    /// The facts of a rule test as those of a login. What a test does not say of the address is in order: it is about
    /// rules.
    static func salesforceFacts(_ value: JSONValue, at place: String) throws(DocumentError) -> SalesforceFacts {
        var members = value.objectValue ?? []
        if value["emailVerified"] == nil { members.append(JSONMember(name: "emailVerified", value: .bool(true))) }
        return try SalesforceFacts(.object(members), at: place)
    }

    private static func dynamics(_ value: JSONValue, at place: String) throws(DocumentError) -> JSONValue {
        let object = try DocumentObject(value, at: place, names: dynamicsNames)
        return try object.ordered(dynamicsNames) { name, value throws(DocumentError) in
            let place = object.place(of: name)
            switch name {
            case "securityRoles": return try elements(value, at: place, objectNames: securityRoleNames)
            case "teams": return try elements(value, at: place, objectNames: nil)
            case "accessMode", "applicationId", "emailStatus", "mailboxApproval":
                // Read as what it will be, which names the words there are.
                _ = try DynamicsFacts(.object([JSONMember(name: name, value: value)]), at: object.place)
                return value
            default:
                guard value.boolValue != nil else { throw DocumentError(at: place, "has to be true or false") }
                return value
            }
        }
    }

    /// The elements of an array: names, or objects with members out of `objectNames` of which the first is the name.
    private static func elements(
        _ value: JSONValue, at place: String, objectNames: [String]?
    ) throws(DocumentError) -> JSONValue {
        guard let values = value.arrayValue else { throw DocumentError(at: place, "has to be an array") }
        var elements: [JSONValue] = []
        for (index, value) in values.enumerated() {
            elements.append(try element(value, at: "\(place)[\(index)]", objectNames: objectNames))
        }
        return .array(elements)
    }

    private static func element(
        _ value: JSONValue, at place: String, objectNames: [String]?
    ) throws(DocumentError) -> JSONValue {
        if let objectNames, value.objectValue != nil {
            let object = try DocumentObject(value, at: place, names: objectNames)
            _ = try object.text(objectNames[0])
            return try object.ordered(objectNames) { name, value throws(DocumentError) in
                guard name == "isActive" || value.stringValue != nil || value == .null else {
                    throw DocumentError(at: object.place(of: name), "has to be a text")
                }
                return value
            }
        }
        guard value.stringValue?.isEmpty == false else {
            throw DocumentError(at: place, "has to be \(objectNames == nil ? "a name" : "a name or an object")")
        }
        return value
    }
}

extension DocumentObject {
    /// The object with its members in the order of `names`, each as `body` makes it.
    fileprivate func ordered(
        _ names: [String], _ body: (String, JSONValue) throws(DocumentError) -> JSONValue
    ) throws(DocumentError) -> JSONValue {
        var members: [JSONMember] = []
        for name in names where self.names.contains(name) {
            members.append(JSONMember(name: name, value: try body(name, try value(name))))
        }
        return .object(members)
    }
}
