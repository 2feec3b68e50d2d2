internal import BridgeCore

/// Reads files that hold a JSON object.
enum JSONFile {
    /// The members of the object in a file, in their order.
    static func object(_ input: InputFile) throws(CommandFailure) -> [JSONMember] {
        let bytes = try input.bytes()
        do throws(JSONError) {
            if let members = try JSONValue(parsing: bytes).objectValue { return members }
        } catch {
            throw failure("\(input.name) is not acceptable JSON: \(error)")
        }
        throw failure("\(input.name) is not a JSON object")
    }

    private static func failure(_ detail: String) -> CommandFailure {
        CommandFailure(.configurationInvalid, detail, exitStatus: .unreadableInput)
    }
}
