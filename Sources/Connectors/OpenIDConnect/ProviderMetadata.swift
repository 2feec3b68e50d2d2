package import BridgeCore
package import BridgeCrypto
package import HTTPMessage

/// Where a provider's metadata are, and the issuer that they have to name; it also names what is cached of the provider.
package struct ProviderLocation: Sendable, Hashable {
    package let metadata: RequestURL
    package let issuer: IssuerPattern

    package init(metadata: RequestURL, issuer: IssuerPattern) {
        self.metadata = metadata
        self.issuer = issuer
    }

    /// The metadata of a provider that is its own issuer (OpenID Connect Discovery §4).
    package init(issuer origin: WebOrigin) {
        metadata = RequestURL(origin: origin, segments: [".well-known", "openid-configuration"])
        issuer = IssuerPattern("\(origin)")
    }
}

/// What a provider says of itself, as far as it is needed (OpenID Connect Discovery §3).
package struct ProviderMetadata: Sendable, Hashable {
    package let issuer: IssuerPattern
    /// `jwks_uri`.
    package let keys: RequestURL

    /// Reads the metadata of `location`.
    ///
    /// The issuer has to be the expected one byte for byte, braces included: whoever could name another would decide whose
    /// tokens count. The keys have to lie at the host that was asked.
    /// - Throws: `issuer_unknown`, `upstream_unavailable`.
    package init(reading bytes: [UInt8], of location: ProviderLocation) throws(ConnectorError) {
        let origin = location.metadata.origin
        guard let document = try? JSONValue(parsing: bytes), let issuer = document["issuer"]?.stringValue,
            let keys = document["jwks_uri"]?.stringValue.flatMap({ RequestURL($0) })
        else {
            throw ConnectorError(
                .upstreamUnavailable, "the metadata of \(origin) cannot be read: issuer or jwks_uri is missing",
                fixedBy: .bridgeOperator)
        }
        guard issuer.utf8.elementsEqual(location.issuer.text.utf8) else {
            throw ConnectorError(
                .issuerUnknown,
                "the metadata of \(origin) name the issuer \(quoted(issuer)), not \(quoted(location.issuer.text))",
                hint: "check the URL of the authority and the tenant id", fixedBy: .bridgeOperator)
        }
        guard keys.origin == origin else {
            throw ConnectorError(
                .upstreamUnavailable, "the metadata of \(origin) name keys at another host, \(keys.origin)",
                fixedBy: .bridgeOperator)
        }
        (self.issuer, self.keys) = (location.issuer, keys)
    }
}
