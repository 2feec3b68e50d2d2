package import BridgeCore

/// When the certificate of a trusted key in force ends, and whose it is: what there is to watch.
package struct KeyEnd: Sendable, Hashable {
    package let license: License
    package let keyID: String
    package let alias: String?
    package let notAfter: Timestamp

    package init(license: License, keyID: String, alias: String?, notAfter: Timestamp) {
        self.license = license
        self.keyID = keyID
        self.alias = alias
        self.notAfter = notAfter
    }
}
