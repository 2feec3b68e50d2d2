/// The system whose people a page is for, where the words depend on it.
package enum System: Sendable, Hashable, CaseIterable {
    case dynamics, salesforce
}
