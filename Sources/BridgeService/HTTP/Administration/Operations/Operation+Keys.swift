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
            let tenant = try await call.tenant()
            let keys = try await call.store.keys(of: tenant.license)
            let start = try position.map { id throws(RequestRefusal) in
                // The key a page ended with may be gone by now.
                guard let place = keys.firstIndex(where: { $0.id == id }) else { throw ListCursor.malformed }
                return place + 1
            }
            let page = Array(keys.dropFirst(start ?? 0).prefix(limit + 1))
            return ListPage("listKeys", page, limit: limit, position: \.id)
                .answer { key, writer in
                    writer.object { writer in
                        key.writeMembers(to: &writer)
                        writer.member("state", call.term(of: key, tenant).state.rawValue)
                    }
                }
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
        let tenant = try await call.tenant()
        let keys = materials.map { $0.trusted(by: tenant.license, alias: alias, importedAt: call.now) }
        let imported = try await call.store.insert(keys, audit: call.stamp)
        if imported.contains(where: { $0.outcome != .unchanged }) { call.directory.invalidate(tenant.license) }
        var rows: [ImportedKeyRow] = []
        for (item, material) in zip(imported, materials) {
            let term = call.term(of: item.key, tenant).warning(of: item.key, at: call.now)
            let lasting = material.certificate.map(CertificateWarnings.lasting) ?? []
            rows.append(
                ImportedKeyRow(
                    item: item, pem: try item.key.publicKeyPEM(),
                    warnings: [term].compactMap(\.self) + lasting.map(\.text)))
        }
        let remarks = file.remarks.map(\.text)
        return .json(.created) { writer in
            if let row = rows.first, rows.count == 1 {
                row.write(to: &writer, remarks: remarks)
            } else {
                writer.object { writer in
                    writer.name("items")
                    writer.array { writer in for row in rows { row.write(to: &writer) } }
                    writer.texts("warnings", remarks)
                }
            }
        }
    }

    /// There is no place for a password here, and no private key should travel.
    private static func refusal(of kind: KeystoreKind) -> RequestRefusal {
        RequestRefusal(
            .unprocessableContent, .keystoreUnsupported,
            "the body is \(kind.words), which is not opened here: it holds private keys, and needs a password",
            hint: "cobrowse-sso keystore export FILE --cert-out CERT.pem --password-file PASSWORD.txt, then send "
                + "CERT.pem; or, beside the store, cobrowse-sso cert import FILE --password-file PASSWORD.txt")
    }

    private static func material(_ content: RequestContent) throws -> (bytes: [UInt8], alias: String?) {
        switch content {
        case .file(let bytes):
            guard !bytes.isEmpty else {
                throw RequestRefusal(
                    .badRequest, .certificateMalformed, "the body is empty", hint: "send the certificate as it is")
            }
            if let kind = KeystoreKind.of(bytes), kind != .pkcs7 { throw refusal(of: kind) }
            return (bytes, nil)
        case .json, .none:
            let upload = try KeyUpload(content.value)
            return (upload.material, upload.alias)
        }
    }
}

/// A key that was imported, as it is answered.
private struct ImportedKeyRow {
    let item: ImportedKey
    let pem: String
    let warnings: [String]

    /// - Parameter remarks: what is to be said of the file it came in, where it is the only key of that.
    func write(to writer: inout JSONWriter, remarks: [String] = []) {
        writer.object { writer in
            item.key.writeMembers(to: &writer)
            writer.member("publicKeyPEM", pem)
            writer.member("state", item.outcome.rawValue)
            writer.texts("warnings", remarks + warnings)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func texts(_ name: String, _ texts: [String]) {
        self.name(name)
        array { writer in for text in texts { writer.string(text) } }
    }
}

extension AdministrationCall {
    /// What a key is worth now.
    fileprivate func term(of key: TrustedKey, _ tenant: Tenant) -> KeyTerm {
        KeyTerm(of: key, at: now, refusedAfterEnd: tenant.settings.refuseExpiredKeysAfter)
    }
}
