internal import BridgeCore

extension RecordMapping {
    /// What the devices are filtered by for `record`, in the order of the keys; at least one filter.
    ///
    /// Every field that is mapped has to have a value: filters are joined by "and", and leaving one out would show more
    /// devices than were meant. Names are compared without regard to case, as the CRM does.
    /// - Throws: `configuration_invalid` for a type that is not mapped and a value that is no short text, `not_found`
    ///   for a field that is absent, `null` or empty.
    package func filters(for record: CRMRecord) throws(RecordRefusal) -> [DeviceFilter] {
        guard let (type, fields) = keys.first(where: { Self.areOne($0.key, record.type) }) else {
            throw .unmapped(record.type, keys.keys.sorted())
        }
        var filters: [DeviceFilter] = []
        for (field, key) in fields.sorted(by: { $0.value < $1.value }) {
            filters.append(DeviceFilter(key: key, value: try Self.value(of: field, type, in: record)))
        }
        // A type maps at least one field, or it could not have been saved.
        guard !filters.isEmpty else { throw .unmapped(record.type, []) }
        return filters
    }

    private static func value(
        of field: String, _ type: String, in record: CRMRecord
    ) throws(RecordRefusal) -> String {
        let members = record.fields.filter { areOne($0.name, field) }
        guard members.count <= 1 else { throw .unusable(field, of: type, "stands in the record twice") }
        guard let value = members.first?.value, value != .null else { throw .empty(field, of: type) }
        guard let text = value.stringValue else { throw .unusable(field, of: type, "is no text") }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw .empty(field, of: type)
        }
        guard text.utf8.count <= DeviceFilter.valueLimit else {
            throw .unusable(field, of: type, "is longer than \(DeviceFilter.valueLimit) bytes")
        }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw .unusable(field, of: type, "holds line breaks or other control characters")
        }
        return text
    }

    private static func areOne(_ left: String, _ right: String) -> Bool { left.lowercased() == right.lowercased() }
}
