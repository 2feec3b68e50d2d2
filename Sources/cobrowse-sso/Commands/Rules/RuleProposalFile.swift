internal import AuthService
internal import BridgeCore

/// Reads rules that are to be tried out.
enum RuleProposalFile {
    /// The rules in a file for the tenant `license`; a document of another tenant is refused.
    static func read(_ input: InputFile, for license: License) throws(CommandFailure) -> RuleProposal {
        let proposal = try TenantDocumentFile.reading(input) { bytes throws(DocumentError) in
            try RuleProposal(DocumentText.value(bytes))
        }
        guard let other = proposal.license, other != license else { return proposal }
        throw CommandFailure(
            .configurationInvalid, "\(input.name) is the document of tenant \(other), not of \(license)",
            hint: "name the tenant of the document with --license", exitStatus: .unreadableInput)
    }
}
