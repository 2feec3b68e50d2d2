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
        appendPolicy("style-src '\(PageStyle.hash)'", frames: frames, to: &response.fields)
        response.fields.append(.contentLanguage, HTTPFieldValue(replacingIllegalIn: language.rawValue))
        response.fields.append(.vary, "Accept, Accept-Language")
        return response
    }

    /// A page that shows `target` in a frame.
    ///
    /// - Parameter frames: the origins that may show it in a frame of theirs.
    static func embedding(
        _ target: RequestURL, language: Language, frames: [WebOrigin], decisionID: String, requestID: String
    ) -> HTTPResponse {
        var response = HTTPResponse(
            .ok, contentType: "text/html; charset=utf-8", body: EmbedPage(of: target.text, in: language).html)
        appendPolicy(
            "style-src '\(EmbedPage.styleHash)'; frame-src \(target.origin)", frames: frames, to: &response.fields)
        close(&response.fields, requestID: requestID, decisionID: decisionID)
        return response
    }

    /// What a page may load, and who may show it.
    private static func appendPolicy(_ sources: String, frames: [WebOrigin], to fields: inout HTTPFields) {
        let ancestors = frames.isEmpty ? "'none'" : frames.map(\.description).joined(separator: " ")
        let policy =
            "default-src 'none'; \(sources); base-uri 'none'; form-action 'none'; frame-ancestors \(ancestors)"
        fields.append(.contentSecurityPolicy, HTTPFieldValue(replacingIllegalIn: policy))
        fields.append(.xContentTypeOptions, "nosniff")
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
