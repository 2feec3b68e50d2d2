internal import BridgeCore

/// The form of a JSON value, as far as JSON Schema 2020-12 is needed here to say it.
indirect enum Schema: Sendable {
    case string
    /// A text in a named form: `date-time`, `email`, `uri`.
    case formatted(String)
    case choice([String])
    case boolean
    case integer(ClosedRange<Int>?)
    case null
    case array(Schema)
    /// These members and no others.
    case object([Property])
    /// Any members, each of the same form.
    case map(Schema)
    /// An object whose members somebody else decides: CRM facts, policies.
    case open
    /// A form with a name of its own (`Schemas`).
    case named(String)
    case any([Schema])

    /// The form, or `null`.
    var orNull: Schema { .any([self, .null]) }

    static let time = Schema.formatted("date-time")
    static let integer = Schema.integer(nil)

    /// The members of an object; none for every other form.
    var properties: [Property] { if case .object(let properties) = self { properties } else { [] } }
}

/// A member of an object.
struct Property: Sendable {
    let name: String
    let schema: Schema
    let summary: String?
    let isRequired: Bool

    /// A member that is always there.
    init(_ name: String, _ schema: Schema, _ summary: String? = nil) {
        self.init(name, schema, summary, isRequired: true)
    }

    private init(_ name: String, _ schema: Schema, _ summary: String?, isRequired: Bool) {
        self.name = name
        self.schema = schema
        self.summary = summary
        self.isRequired = isRequired
    }

    /// A member that may be left out.
    static func optional(_ name: String, _ schema: Schema, _ summary: String? = nil) -> Property {
        Property(name, schema, summary, isRequired: false)
    }
}
