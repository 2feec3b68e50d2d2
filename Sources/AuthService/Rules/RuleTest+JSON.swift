import BridgeCore

extension RuleTest {
    /// Reads `{"name":"...","salesforce":{...},"expect":"agent"}`; `place` names it in errors.
    init(_ value: JSONValue, at place: String) throws(DocumentError) {
        let object = try DocumentObject(
            value, at: place, names: ["name"] + FactsForm.allCases.map(\.rawValue) + ["expect"])
        let name = try object.text("name")
        let forms = FactsForm.allCases.filter { object.names.contains($0.rawValue) }
        guard let form = forms.first, forms.count == 1 else {
            throw DocumentError(
                at: place, "has to have the facts of exactly one source",
                hint: "one of \(FactsForm.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let facts = try form.read(object.value(form.rawValue), at: object.place(of: form.rawValue))
        let expectation = try RuleOutcome(object.text("expect"), at: object.place(of: "expect"))
        self.init(name: name, facts: facts, expectation: expectation)
    }

    /// Reads an array of tests; the second of two with one name is refused.
    static func all(_ values: [JSONValue], at place: String) throws(DocumentError) -> [RuleTest] {
        var tests: [RuleTest] = []
        var names: Set<String> = []
        for (index, value) in values.enumerated() {
            let test = try RuleTest(value, at: "\(place)[\(index)]")
            guard names.insert(test.name).inserted else {
                throw DocumentError(
                    at: "\(place)[\(index)].name", "\(quoted(test.name)) is what another test is called")
            }
            tests.append(test)
        }
        return tests
    }

    /// The object that `init(_:at:)` reads.
    var value: JSONValue {
        let (source, members) =
            switch facts {
            case .salesforce(let value): ("salesforce", value)
            case .dynamics(let value): ("dynamics", value)
            }
        return .object([
            JSONMember(name: "name", value: .string(name)), JSONMember(name: source, value: members),
            JSONMember(name: "expect", value: .string(expectation.description)),
        ])
    }
}

extension RuleOutcome {
    fileprivate init(_ text: String, at place: String) throws(DocumentError) {
        if let role = Role(rawValue: text) {
            self = .role(role)
        } else if let code = ReasonCode(rawValue: text) {
            self = .denial(code)
        } else {
            let known = Role.allCases.map(\.rawValue) + ReasonCode.allCases.map(\.rawValue)
            let near = Suggestion.nearest(to: text, among: known)
            throw DocumentError(
                at: place, "\(quoted(text)) is neither a role nor a reason code",
                hint: near.map { "did you mean \($0)?" }
                    ?? "write agent, administrator or a code such as role_missing")
        }
    }
}
