import BridgeCore
import HTTPMessage

/// The page on which one chooses who signs in.
enum SignInPage {
    /// - Throws: AADSTS50058 for a silent sign-in, which shows no page.
    static func answer(
        _ signIn: SignInRequest, _ population: Population, _ context: EntraContext
    ) throws(EntraError) -> HTTPResponse {
        if signIn.parameters["prompt"] == "none" {
            throw EntraError(50_058, "login_required", "A silent sign-in request was sent but no user is signed in.")
        }
        let base =
            "\(context.address.authorize(signIn.path.segment))?"
            + signIn.parameters.encoded(without: SignInRequest.personParameter, SignInRequest.answerParameter)
        let people = population.people.map { person in
            let link = "\(base)&\(SignInRequest.personParameter)=\(PercentText.encode(person.name))"
            return "<li><a href=\"\(HTTPResponse.escaped(link))\">\(HTTPResponse.escaped(person.displayName))</a> "
                + "\(HTTPResponse.escaped(person.userPrincipalName))</li>"
        }
        let cancel =
            "\(base)&\(SignInRequest.personParameter)=\(population.people.first?.name ?? "")"
            + "&\(SignInRequest.answerParameter)=cancel"
        return .page(
            title: "Pick an account",
            """
            <p>to continue to <b>\(HTTPResponse.escaped(signIn.client.name))</b></p>
            <ul>\(people.joined(separator: "\n"))</ul>
            <p><a href="\(HTTPResponse.escaped(cancel))">Cancel: decline the consent</a></p>
            """)
    }
}
