internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage

extension Operation {
    private static let path = PathTemplate("/api/1/tenants/{license}/keys")

    /// The public keys that verify a tenant's tokens.
    static let keys = [
        Operation(
            spec: OperationSpec(
                id: "listKeys", method: .get, path: path, summary: "List the keys that a tenant trusts", need: .tenant,
                query: QueryParameter.paging, answers: [.list("Keys, oldest import first", "Key")],
                problems: [.init(.notFound)])
        ) { call in
            let limit = try call.query.limit()
            let position = try call.position("listKeys")
            let keys = try await call.store.keys(of: try await call.knownLicense())
            let start = try position.map { id throws(RequestRefusal) in
                // The key a page ended with may be gone by now.
                guard let place = keys.firstIndex(where: { $0.id == id }) else { throw ListCursor.malformed }
                return place + 1
            }
            let page = Array(keys.dropFirst(start ?? 0).prefix(limit + 1))
            return ListPage("listKeys", page, limit: limit, position: \.id)
                .answer { key, writer in writer.object { key.writeMembers(to: &$0) } }
        },
        Operation(
            spec: OperationSpec(
                id: "importKey", method: .post, path: path,
                summary: "Trust the key of a certificate, public key, JWK or JWK Set", need: .tenant,
                body: .file(.named("KeyUpload")),
                answers: [
                    .made(
                        "The key; of a JWK Set with several, all of them",
                        .any([
                            .named("ImportedKey"),
                            .object([
                                Property("items", .array(.named("ImportedKey"))), Property("warnings", .array(.string)),
                            ]),
                        ]))
                ],
                problems: [
                    .init(.certificateMalformed), .init(.keyNotRSA), .init(.keyTooSmall), .init(.privateKeyGiven),
                    .init(.keystoreUnsupported), .init(.configurationInvalid), .init(.conflict), .init(.notFound),
                ]), run: importKey),
        Operation(
            spec: OperationSpec(
                id: "removeKey", method: .delete, path: PathTemplate("/api/1/tenants/{license}/keys/{keyId}"),
                summary: "Trust a key no longer, by its id or alias", need: .tenant,
                answers: [.nothing("The key is gone, and tokens of it are refused")], problems: [.init(.notFound)])
        ) { call in
            let license = try await call.knownLicense()
            _ = try await call.store.removeKey(
                named: call.parameters["keyId"] ?? "", of: license, audit: call.stamp)
            call.directory.invalidate(license)
            return .nothing
        },
    ]

    private static func importKey(_ call: AdministrationCall) async throws -> AdministrationAnswer {
        let (bytes, alias) = try material(call.content)
        let file = try KeyMaterial.read(bytes, source: "the body")
        let materials = file.materials
        if alias != nil, materials.count > 1 {
            throw DocumentError(
                at: "alias", "names one key, and the material holds \(materials.count)",
                hint: "leave it out, or send the keys one by one")
        }
        let license = try await call.knownLicense()
        let keys = materials.map { $0.trusted(by: license, alias: alias, importedAt: call.now) }
        let imported = try await call.store.insert(keys, audit: call.stamp)
        if imported.contains(where: { $0.outcome != .unchanged }) { call.directory.invalidate(license) }
        var rows: [(item: ImportedKey, pem: String)] = []
        for item in imported { rows.append((item, try item.key.publicKeyPEM())) }
        let warnings = file.warnings(now: call.now)
        return .json(.created) { writer in
            writer.object { writer in
                if let row = rows.first, rows.count == 1 {
                    writer.writeMembers(of: row.item, pem: row.pem)
                } else {
                    writer.name("items")
                    writer.array { writer in
                        for row in rows { writer.object { $0.writeMembers(of: row.item, pem: row.pem) } }
                    }
                }
                writer.write(warnings)
            }
        }
    }

    private static func material(_ content: RequestContent) throws -> (bytes: [UInt8], alias: String?) {
        switch content {
        case .file(let bytes):
            guard !bytes.isEmpty else {
                throw RequestRefusal(
                    .badRequest, .certificateMalformed, "the body is empty", hint: "send the certificate as it is")
            }
            return (bytes, nil)
        case .json, .none:
            let upload = try KeyUpload(content.value)
            return (upload.material, upload.alias)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func writeMembers(of item: ImportedKey, pem: String) {
        item.key.writeMembers(to: &self)
        member("publicKeyPEM", pem)
        member("state", item.outcome.rawValue)
    }

    fileprivate mutating func write(_ warnings: [FileRemark]) {
        name("warnings")
        array { writer in for warning in warnings { writer.string(warning.text) } }
    }
}
