internal import AuthService
internal import BridgeCore
internal import BridgeTesting

extension FuzzTarget {
    /// JSON; what is accepted has to be the same after it was written and read again.
    static var json: FuzzTarget {
        FuzzTarget(
            name: "json", seeds: { jsonTexts.map { FuzzSeed(name: String($0.prefix(20)), bytes: Array($0.utf8)) } },
            parse: { bytes in
                guard let value = try? JSONValue(parsing: bytes) else { return .configurationInvalid }
                var writer = JSONWriter()
                writer.value(value)
                precondition((try? JSONValue(parsing: writer.bytes)) == value, "JSON is not what it was written as")
                return nil
            })
    }

    /// Documents of tenants: rules, tests of them, record mapping, origins; written and read again they are the same.
    static var document: FuzzTarget {
        FuzzTarget(
            name: "document",
            seeds: { [FuzzSeed(name: "tenant", bytes: Array(documentText.utf8))] },
            parse: { bytes in
                guard let document = try? TenantDocument(parsing: bytes) else { return .configurationInvalid }
                precondition((try? TenantDocument(parsing: Array(document.text.utf8))) == document)
                return nil
            })
    }

    private static let jsonTexts = [
        #"{"a":[null,true,false,-0,0.5,1e3,"é張😀","\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t"],"b":{"a":{"a":[[],{}]}}}"#,
        #" [ { "a" : 1 , "b" : [ ] } , "c" , 12345678901234567890 , -1.5E+10 , { } ] "#,
        String(repeating: "[", count: 31) + String(repeating: "]", count: 31),
        "{" + (0..<40).map { "\"m\($0)\":\($0)" }.joined(separator: ",") + "}",
    ]

    private static let documentText = """
        {"license":"trial12345","name":"Acme","tokenLifetime":"24h","handOff":"code",
        "redirectOrigins":["https://acme.example"],"refuseExpiredKeysAfter":"30d",
        "rules":[{"source":"salesforce","match":{"permissionSet":"Cobrowse.io Agent"},"role":"agent"},
        {"source":"dynamics","match":{"securityRole":"Cobrowse.io - Administrator"},"role":"administrator"}],
        "ruleTests":[{"name":"t","salesforce":{"permissionSets":[{"name":"A","label":"Cobrowse.io Agent"}]},
        "expect":"agent"}],"recordMapping":{"Case":{"ContactEmail":"user_email"}}}
        """
}
