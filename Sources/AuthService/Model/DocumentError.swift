package import BridgeCore

/// What is wrong with a document an administrator handed in (rules, settings), and at which place.
package struct DocumentError: ReasonedError, Equatable {
    package let code: ReasonCode = .configurationInvalid
    /// The member meant, from the root of the document: `rules[2].match`; empty for the document itself.
    package let place: String
    package let hint: String?
    private let problem: String

    package init(at place: String, _ problem: String, hint: String? = nil) {
        self.place = place
        self.problem = problem
        self.hint = hint
    }

    package var detail: String { place.isEmpty ? problem : "\(place): \(problem)" }

    /// Equal when the place is: texts are for people.
    package static func == (left: DocumentError, right: DocumentError) -> Bool { left.place == right.place }
}
