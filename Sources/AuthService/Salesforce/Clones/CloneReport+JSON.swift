package import BridgeCore

extension CloneReport {
    /// Writes the object that documents and the store have.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("proposals")
            writer.array { writer in for proposal in proposals { writer.object { proposal.writeMembers(to: &$0) } } }
            writer.name("drift")
            writer.array { writer in for drift in drift { writer.object { drift.writeMembers(to: &$0) } } }
            writer.member("unreadable", unreadable)
            if omittedCount > 0 { writer.member("omitted", Int64(omittedCount)) }
        }
    }

    /// Writes the member that the store has besides.
    func writeAccepted(to writer: inout JSONWriter) {
        writer.name("acceptedClones")
        writer.array { writer in
            for clone in accepted {
                writer.object { writer in
                    writer.member("id", clone.id.value)
                    writer.member("label", clone.label)
                    writer.member("original", clone.original)
                }
            }
        }
    }

    /// Reads what `writeAccepted` has written, `nil` for nothing.
    mutating func readAccepted(_ value: JSONValue?) {
        accepted = (value?.arrayValue ?? []).compactMap { value in
            guard let id = value["id"]?.stringValue.flatMap({ SalesforceID($0) }),
                let label = value["label"]?.stringValue
            else { return nil }
            return AcceptedClone(id: id, label: label, original: value["original"]?.stringValue)
        }
    }

    /// Reads what was written; what this version does not know is left out.
    package init(_ value: JSONValue) {
        proposals = (value["proposals"]?.arrayValue ?? []).compactMap(CloneProposal.init)
        drift = (value["drift"]?.arrayValue ?? []).compactMap(SetDrift.init)
        unreadable = value["unreadable"]?.stringValue
        omittedCount = Int(clamping: value["omitted"]?.integerValue ?? 0)
    }
}

extension CloneProposal {
    /// Writes the members into an object that is open.
    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("id", id.value)
        writer.member("name", name)
        writer.member("label", label)
        writer.member("original", original)
        writer.member("role", role.rawValue)
    }

    fileprivate init?(_ value: JSONValue) {
        guard let id = value["id"]?.stringValue.flatMap({ SalesforceID($0) }), let name = value["name"]?.stringValue,
            let label = value["label"]?.stringValue, let original = value["original"]?.stringValue,
            let role = value["role"]?.stringValue.flatMap(Role.init(rawValue:))
        else { return nil }
        self.init(id: id, name: name, label: label, original: original, role: role)
    }
}

extension SetDrift {
    /// Writes the members into an object that is open.
    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("kind", kind.rawValue)
        writer.member("id", id.value)
        writer.member("label", label)
        writer.member("detail", detail)
    }

    fileprivate init?(_ value: JSONValue) {
        guard let kind = value["kind"]?.stringValue.flatMap(Kind.init(rawValue:)),
            let id = value["id"]?.stringValue.flatMap({ SalesforceID($0) }), let label = value["label"]?.stringValue,
            let detail = value["detail"]?.stringValue
        else { return nil }
        self.init(kind, id: id, label: label, detail: detail)
    }
}
