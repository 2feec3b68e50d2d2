internal import BridgeCore
internal import Connectors
internal import HTTPMessage
internal import WebConsole

/// What the requests of a sign-in are answered with; none of it is kept anywhere, and no address goes on to another site.
enum BrowserAnswer {
    /// Sends the browser on.
    static func redirect(
        to location: String, cookie: SignInCookie? = nil, decisionID: String? = nil, requestID: String
    ) -> HTTPResponse {
        var response = HTTPResponse(
            .found, fields: [HTTPField(.location, HTTPFieldValue(replacingIllegalIn: location))])
        if let cookie { response.fields.append(.setCookie, cookie.field) }
        close(&response.fields, requestID: requestID, decisionID: decisionID)
        return response
    }

    /// A page in the reader's language, with the status that a program would get.
    ///
    /// - Parameter frames: the origins that may show it in a frame.
    static func page(
        _ page: RefusalPage, _ status: HTTPStatus, language: Language, frames: [WebOrigin]
    ) -> HTTPResponse {
        var response = document(page.html, status, language: language, frames: frames)
        close(&response.fields, requestID: page.requestID, decisionID: page.decisionID)
        return response
    }

    /// The page that says who asked, with the cookie that shows that this browser has seen it; in nobody's frame.
    static func page(
        _ page: AskingPage, cookie: SignInCookie, language: Language, requestID: String
    ) -> HTTPResponse {
        var response = document(page.html, .ok, language: language, frames: [])
        response.fields.append(.setCookie, cookie.field)
        close(&response.fields, requestID: requestID, decisionID: nil)
        return response
    }

    private static func document(
        _ html: [UInt8], _ status: HTTPStatus, language: Language, frames: [WebOrigin]
    ) -> HTTPResponse {
        var response = HTTPResponse(status, contentType: "text/html; charset=utf-8", body: html)
        let policy =
            "default-src 'none'; style-src '\(PageStyle.hash)'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors \(frames.isEmpty ? "'none'" : frames.map(\.description).joined(separator: " "))"
        response.fields.append(.contentSecurityPolicy, HTTPFieldValue(replacingIllegalIn: policy))
        response.fields.append(.contentLanguage, HTTPFieldValue(replacingIllegalIn: language.rawValue))
        response.fields.append(.vary, "Accept, Accept-Language")
        response.fields.append(.xContentTypeOptions, "nosniff")
        return response
    }

    /// For a program that comes in the place of a browser.
    static func json(_ body: [UInt8], requestID: String) -> HTTPResponse {
        var response = HTTPResponse(.ok, contentType: "application/json", body: body)
        close(&response.fields, requestID: requestID, decisionID: nil)
        return response
    }

    /// What every answer has.
    private static func close(_ fields: inout HTTPFields, requestID: String?, decisionID: String?) {
        fields.append(.cacheControl, "no-store")
        fields.append(.referrerPolicy, "no-referrer")
        if let requestID { fields.append(.xRequestID, HTTPFieldValue(replacingIllegalIn: requestID)) }
        if let decisionID { fields.append(.xDecisionID, HTTPFieldValue(replacingIllegalIn: decisionID)) }
    }
}
