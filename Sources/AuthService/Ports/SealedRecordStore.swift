/// Keeps what is sealed with the master key, whatever it belongs to.
package protocol SealedRecordStore: Sendable {
    /// Every sealed record there is.
    func sealedRecords() async throws(StoreError) -> [SealedRecord]
    /// Puts another box in the place of every sealed record's, all or none, in one transaction.
    ///
    /// No record is added between the first and the last that `box` is asked for.
    /// - Parameters:
    ///   - box: the new box of a record; what it throws undoes everything.
    ///   - entry: appended to the audit trail with the change.
    /// - Returns: how many records there are.
    func reseal(
        _ entry: AuditEntry, _ box: @escaping @Sendable (SealedRecord) throws(StoreError) -> [UInt8]
    ) async throws(StoreError) -> Int
}

/// Something secret as it is stored.
package struct SealedRecord: Sendable, Hashable {
    /// What the box is bound to (`MasterKey.seal`); names the record to people, too.
    package let name: String
    /// The box of `MasterKey`.
    package let box: [UInt8]

    package init(name: String, box: [UInt8]) {
        self.name = name
        self.box = box
    }
}
