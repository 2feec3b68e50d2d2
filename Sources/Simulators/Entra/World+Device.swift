import BridgeCore
import HTTPMessage

extension World {
    /// `/{tenant}/oauth2/v2.0/devicecode`.
    mutating func deviceCode(
        _ request: SimulatedRequest, at path: AuthorityPath, fault: Fault.Effect?, _ context: EntraContext
    ) throws(EntraError) -> HTTPResponse {
        let request = try TokenRequest(request, at: path)
        if case .entra(let number) = fault, let error = EntraError(number, at: .token) { throw error }
        let client = try population.client(request.form["client_id"], at: path)
        let scope = try ScopeRequest(try request.required("scope"))
        let code = try context.make(.deviceCode)
        let userCode = Self.userCode(context)
        entra.devices.insert(
            DeviceRequest(
                client: client.id, path: path, scope: scope, expires: context.now.adding(seconds: 900)),
            for: code.key)
        entra.deviceKeys.insert(code.key, for: userCode)
        let page = context.address.deviceLogin
        return .json { writer in
            writer.object { writer in
                writer.member("user_code", userCode)
                writer.member("device_code", code.text)
                writer.member("verification_uri", page)
                writer.member("expires_in", 900)
                writer.member("interval", 5)
                writer.member(
                    "message",
                    "To sign in, use a web browser to open the page \(page) and enter the code \(userCode) to authenticate."
                )
            }
        }
    }

    private static func userCode(_ context: EntraContext) -> String {
        let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789".utf8)
        let code = (0..<9).map { _ in letters[context.number(below: letters.count)] }
        return String(decoding: code, as: UTF8.self)
    }

    /// `/devicelogin`: the page on which somebody enters the code, and what it leads to.
    mutating func deviceLogin(_ request: SimulatedRequest, _ context: EntraContext) -> HTTPResponse {
        do throws(EntraError) {
            let parameters = try request.signInParameters()
            guard let userCode = parameters["user_code"]?.uppercased(),
                let name = parameters[SignInRequest.personParameter]
            else { return deviceLoginPage() }
            guard let key = entra.deviceKeys.value(for: userCode), var device = entra.devices.value(for: key),
                device.expires > context.now
            else {
                throw EntraError(
                    70_019, "bad_verification_code", "That code didn't work. Check the code and try again.")
            }
            if parameters[SignInRequest.answerParameter] == "cancel" {
                device.state = .declined
            } else {
                let client = try population.client(device.client.value, at: device.path)
                let identity = try population.identity(name, at: device.path, of: client)
                try checkAccess(of: identity, to: client, device.scope, context)
                device.state = .approved(identity)
            }
            entra.devices.insert(device, for: key)
            return .page(title: "You're all set", "<p>You may close this window and go back to your device.</p>")
        } catch {
            return error.page(context.trace)
        }
    }

    private func deviceLoginPage() -> HTTPResponse {
        let people = population.people.map {
            "<option value=\"\($0.name)\">\(HTTPResponse.escaped($0.displayName))</option>"
        }
        return .page(
            title: "Enter code",
            """
            <form method="get"><p>Code <input name="user_code" autofocus></p>
            <p>Sign in as <select name="\(SignInRequest.personParameter)">\(people.joined())</select></p>
            <p><button>Next</button>
            <button name="\(SignInRequest.answerParameter)" value="cancel">Cancel</button></p></form>
            """)
    }
}
