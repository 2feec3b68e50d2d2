import BridgeCore
import HTTPMessage

extension HTTPStatus {
    static let found = HTTPStatus(rawValue: 302)
}

extension HTTPResponse {
    /// A JSON document that nobody keeps.
    ///
    /// - Parameter capacity: how many bytes it is going to have, roughly.
    static func json(
        _ status: HTTPStatus = .ok, contentType: HTTPFieldValue = "application/json; charset=utf-8",
        capacity: Int = 0, _ body: (inout JSONWriter) -> Void
    ) -> HTTPResponse {
        var writer = JSONWriter(capacity: max(capacity, 1024))
        body(&writer)
        var response = HTTPResponse(status, contentType: contentType, body: writer.bytes)
        response.fields.append(.cacheControl, "no-store, no-cache")
        return response
    }

    /// A page of the stand-in.
    static func page(_ status: HTTPStatus = .ok, title: String, _ body: String) -> HTTPResponse {
        let style = "body{font:16px sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}li{margin:.4rem 0}"
        let text = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title>
            <style>\(style)</style></head><body><h1>\(escaped(title))</h1>
            \(body)
            <p><small>This is a stand-in for tests. It is not the vendor's.</small></p></body></html>

            """
        return HTTPResponse(status, contentType: "text/html; charset=utf-8", body: Array(text.utf8))
    }

    /// A page somebody in front of the service makes: what a proxy or a wrong host answers with.
    static func foreignPage(_ status: HTTPStatus, _ sentence: String) -> HTTPResponse {
        let text =
            "<!DOCTYPE html>\r\n<html><head><title>\(sentence)</title></head><body><h2>\(sentence)</h2></body></html>"
        return HTTPResponse(status, contentType: "text/html", body: Array(text.utf8))
    }

    /// 302 to `location`.
    static func redirect(to location: String) -> HTTPResponse {
        HTTPResponse(.found, fields: [HTTPField(.location, HTTPFieldValue(replacingIllegalIn: location))])
    }

    /// 302 to `uri` with `values` in its query.
    static func callback(to uri: String, _ values: [(name: String, value: String)]) -> HTTPResponse {
        guard !values.isEmpty else { return .redirect(to: uri) }
        return .redirect(to: "\(uri)\(uri.contains("?") ? "&" : "?")\(Parameters(values).encoded())")
    }

    /// `text` fit for HTML, in quotes and between tags.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
    }
}
