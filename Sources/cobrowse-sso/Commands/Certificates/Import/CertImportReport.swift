internal import AuthService
internal import BridgeCore

/// Shows what an import came to: one key with all its fields, several as a table.
struct CertImportReport {
    private let result: CertImportResult
    private let context: CommandContext

    init(_ result: CertImportResult, _ context: CommandContext) {
        self.result = result
        self.context = context
    }

    func show() {
        guard !context.wantsJSON else { return context.output.items(result.items, write) }
        guard let item = result.items.first, result.items.count == 1 else { return showTable() }
        context.output.fields(fields(of: item))
    }

    private func fields(of item: CertImportResult.Item) -> FieldList {
        var list = FieldList()
        if result.isDryRun { list.add("tenant", item.key.license.value) }
        list.add("keyId", item.key.id)
        list.add("alias", item.key.alias)
        if let keyID = item.key.declaredKeyID { list.add("kid", keyID) }
        list.add("publicKeySHA256", item.key.publicKeySHA256)
        if result.isDryRun { list.add("notBefore", item.key.notBefore?.description) }
        list.add("notAfter", item.key.notAfter?.description)
        list.add("state", state(of: item))
        if let effect = item.effect { list.add(effect) }
        return list
    }

    private func showTable() {
        var table = TextTable("KEY ID", "ALIAS", "NOT AFTER", "STATE", "FROM")
        for item in result.items {
            table.add(item.key.id, item.key.alias, item.key.notAfter?.description, state(of: item), item.origin)
        }
        context.output.table(table)
        context.output.effects(result.items.compactMap { item in item.effect.map { (item.key, $0) } })
    }

    private func write(_ item: CertImportResult.Item, to writer: inout JSONWriter) {
        writer.member("license", item.key.license.value)
        item.key.writeMembers(to: &writer)
        writer.member("state", item.imported.outcome.rawValue)
        writer.member("file", item.found.file)
        writer.member("entry", item.found.entry)
        writer.member("dryRun", result.isDryRun)
        if let effect = item.effect { writer.members(effect) }
    }

    private func state(of item: CertImportResult.Item) -> String {
        let known = item.key.retiredAt == nil ? "already trusted" : "known and retired"
        let would = result.isDryRun ? "would be " : ""
        return switch item.imported.outcome {
        case .new: result.isDryRun ? "would be trusted" : "now trusted"
        case .unchanged: "\(known), nothing \(result.isDryRun ? "would change" : "changed")"
        case .certificateRenewed: "\(known), certificate \(would)renewed"
        case .aliasAdded: "\(known), alias \(would)added"
        case .certificateRenewedAndAliasAdded: "\(known), certificate \(would)renewed and alias added"
        }
    }
}
