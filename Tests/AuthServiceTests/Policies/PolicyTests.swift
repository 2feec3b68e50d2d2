import AuthService
import BridgeCore
import Testing

@Suite("A policy")
struct PolicyTests {
    private static func policy(_ text: String) throws -> Policy {
        try Policy(try JSONValue(parsing: text.utf8), at: "policy")
    }

    @Test(
        "is kept as it was written",
        arguments: [
            #"{"version":3}"#, #"{"push":{},"version":3,"sessions":{}}"#,
            #"{"version":3,"devices":{"custom_data":{"b":"1","a":2,"c":true,"ä\"":"\n"},"id":"x"}}"#,
            #"{"version":3,"features":{"permissions":["read","fly"]},"recordings":{"a":[1,null,-2.5]}}"#,
        ])
    func kept(text: String) throws {
        #expect(try Self.policy(text).json == text)
    }

    @Test(
        "is said in sentences",
        arguments: [
            (#"{"version":3}"#, ["may do nothing"]),
            (#"{"version":3,"recordings":{}}"#, ["may do nothing"]),
            (#"{"version":3,"features":{"permissions":[]}}"#, ["may do nothing"]),
            (
                #"{"version":3,"sessions":{},"devices":{},"push":{}}"#,
                ["may start sessions on every device", "may see and enter all sessions"]
            ),
            (
                #"{"version":3,"sessions":{},"devices":{"custom_data":{"user_id":"u1"}},"push":{"custom_data":{"user_id":"u1"}}}"#,
                [#"may start sessions on devices whose custom_data.user_id is "u1""#, "may see and enter all sessions"]
            ),
            (
                #"{"version":3,"sessions":{"custom_data":{"t":1}},"devices":{"custom_data":{"u":"a\"b","t":1}},"push":{"custom_data":{"t":1,"u":"a\"b"}}}"#,
                [
                    #"may start sessions on devices whose custom_data.u is "a\"b" and custom_data.t is 1"#,
                    "may see and enter sessions whose custom_data.t is 1",
                ]
            ),
            (
                #"{"version":3,"sessions":{},"devices":{}}"#,
                ["may see every device", "may see and enter all sessions"]
            ),
            (
                #"{"version":3,"sessions":{"custom_data":{"t":2}},"devices":{"custom_data":{"t":1}},"push":{}}"#,
                [
                    "may see devices whose custom_data.t is 1", "may send push messages to every device",
                    "may see and enter sessions whose custom_data.t is 2",
                ]
            ),
            (
                #"{"version":3,"sessions":{"custom_data":{"t":1}},"devices":{},"push":{}}"#,
                [
                    "may see every device", "may send push messages to every device",
                    "may see and enter sessions whose custom_data.t is 1",
                ]
            ),
            (#"{"version":3,"sessions":{"id":"12345"}}"#, [#"may see and enter sessions whose id is "12345""#]),
            (
                #"{"version":3,"devices":{"id":"d","custom_data":{"a":"1","b":false}}}"#,
                [#"may see devices whose id is "d", custom_data.a is "1" and custom_data.b is false"#]
            ),
            (#"{"version":3,"push":{}}"#, ["may send push messages to every device"]),
            (#"{"version":3,"features":{"permissions":["read"]}}"#, ["may read the account's features and settings"]),
            (#"{"version":3,"features":{}}"#, ["may do everything with the account's features and settings"]),
            (
                #"{"version":3,"members":{"permissions":["delete","create","read","fly"]}}"#,
                ["may create, read and delete the account's members"]
            ),
        ])
    func sentences(text: String, sentences: [String]) throws {
        #expect(try Self.policy(text).sentences == sentences)
    }

    @Test(
        "is warned about where it says what nobody means",
        arguments: [
            (#"{"version":3}"#, [""]),
            (#"{"version":3,"recordings":{},"session":{}}"#, ["", "recordings", "session"]),
            (#"{"version":3,"sessions":{"user_id":"a"}}"#, ["sessions.user_id"]),
            (#"{"version":3,"sessions":{"customData":{}}}"#, ["sessions.customData"]),
            (#"{"version":3,"sessions":{"permissions":["read"]}}"#, ["sessions.permissions"]),
            (#"{"version":3,"features":{"id":"a"}}"#, ["features.id"]),
            (#"{"version":3,"sessions":{"custom_data":{}}}"#, ["sessions.custom_data"]),
            (#"{"version":3,"sessions":{"custom_data":{"a":""}}}"#, ["sessions.custom_data.a"]),
            (#"{"version":3,"devices":{},"sessions":{}}"#, ["push"]),
            (#"{"version":3,"devices":{},"push":{}}"#, ["sessions"]),
            (#"{"version":3,"push":{},"sessions":{}}"#, ["devices"]),
            (#"{"version":3,"devices":{}}"#, ["push"]),
            (
                #"{"version":3,"sessions":{"custom_data":{"a":"1"}},"devices":{"custom_data":{"a":"2"}},"push":{"custom_data":{"a":"3"}}}"#,
                ["push.custom_data.a", "sessions.custom_data.a"]
            ),
            (#"{"version":3,"sessions":{},"devices":{"id":"a"},"push":{"id":"b"}}"#, ["push.id"]),
            (#"{"version":3,"features":{"permissions":[]}}"#, ["features.permissions"]),
            (
                #"{"version":3,"features":{"permissions":["read","write","read"]}}"#,
                ["features.permissions[1]", "features.permissions[2]"]
            ),
            (#"{"version":3,"members":{"permissions":["create"]}}"#, ["members"]),
            (#"{"version":3,"members":{}}"#, ["members"]),
        ])
    func warnings(text: String, places: [String]) throws {
        let warnings = try Self.policy(text).warnings
        #expect(warnings.map(\.place) == places)
        for warning in warnings {
            #expect(!warning.text.isEmpty && warning.text.last != ".")
            #expect(warning.description.hasPrefix(warning.place))
        }
    }

    @Test(
        "is not warned about where it is as Cobrowse documents it",
        arguments: [
            #"{"version":3,"sessions":{},"devices":{},"push":{},"features":{"permissions":["read"]}}"#,
            #"{"version":3,"sessions":{"id":"12345"}}"#, #"{"version":3,"sessions":{}}"#,
            #"{"version":3,"sessions":{"id":"1"},"devices":{"id":"2"},"push":{"id":"2"}}"#,
            #"{"version":3,"sessions":{"custom_data":{"a":"1"}},"devices":{"custom_data":{"a":"1","b":"2"}},"push":{}}"#,
            #"{"version":3,"members":{"permissions":["read"]}}"#,
        ])
    func good(text: String) throws {
        #expect(try Self.policy(text).warnings.isEmpty)
    }

    @Test("names the resource that was probably meant")
    func suggestion() throws {
        #expect(
            try Self.policy(#"{"version":3,"session":{}}"#).warnings.map(\.description) == [
                "lists no resource, so it allows nothing",
                "session: is not a documented resource; did you mean sessions?",
            ])
        let misplaced = try Self.policy(#"{"version":3,"sessions":{"user_id":"a"}}"#)
        #expect(
            misplaced.warnings.map(\.description) == [
                "sessions.user_id: is not documented and may be ignored; values to filter by stand in custom_data"
            ])
    }

    @Test(
        "is refused at the place that is wrong",
        arguments: [
            ("[]", "policy"), ("null", "policy"), ("\"\"", "policy"), ("{}", "policy.version"),
            (#"{"version":2}"#, "policy.version"), (#"{"version":"3"}"#, "policy.version"),
            (#"{"version":3.0}"#, "policy.version"), (#"{"version":null}"#, "policy.version"),
            (#"{"version":3,"sessions":null}"#, "policy.sessions"),
            (#"{"version":3,"sessions":true}"#, "policy.sessions"),
            (#"{"version":3,"push":[]}"#, "policy.push"), (#"{"version":3,"devices":{"id":1}}"#, "policy.devices.id"),
            (#"{"version":3,"devices":{"id":""}}"#, "policy.devices.id"),
            (#"{"version":3,"devices":{"custom_data":[]}}"#, "policy.devices.custom_data"),
            (#"{"version":3,"devices":{"custom_data":null}}"#, "policy.devices.custom_data"),
            (#"{"version":3,"devices":{"custom_data":{"a":null}}}"#, "policy.devices.custom_data.a"),
            (#"{"version":3,"devices":{"custom_data":{"a":["b"]}}}"#, "policy.devices.custom_data.a"),
            (#"{"version":3,"devices":{"custom_data":{"a":{"$ne":1}}}}"#, "policy.devices.custom_data.a"),
            (#"{"version":3,"devices":{"custom_data":{"a":1.5}}}"#, "policy.devices.custom_data.a"),
            (#"{"version":3,"features":{"permissions":"read"}}"#, "policy.features.permissions"),
            (#"{"version":3,"members":{"permissions":["read",1]}}"#, "policy.members.permissions[1]"),
        ])
    func refused(text: String, place: String) throws {
        let error = #expect(throws: DocumentError.self) { try Self.policy(text) }
        #expect(error?.place == place)
        #expect(error?.code == .configurationInvalid)
    }

    @Test("shows in JSON what it allows and what is doubtful")
    func summary() throws {
        var writer = JSONWriter()
        writer.policySummary(try Self.policy(#"{"version":3,"sessions":{"custom_data":{}}}"#))
        #expect(
            writer.text == """
                {"sentences":["may see and enter all sessions"],\
                "warnings":["sessions.custom_data: holds nothing, so it does not limit sessions"]}
                """)
    }
}
