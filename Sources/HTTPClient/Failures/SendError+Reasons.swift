import BridgeCore
import HTTPMessage

// The failures that need no transfer to be told.
extension SendError {
    static func hostNotAllowed(_ origin: WebOrigin) -> SendError {
        SendError(
            .hostNotAllowed, .configurationInvalid, "\(origin) is no host that this request may be sent to",
            hint: "where it is one of your own, the bridge's operator lists it in dynamics__allowed_hosts or "
                + "salesforce__allowed_hosts")
    }

    static func notSecure(_ origin: WebOrigin) -> SendError {
        SendError(
            .hostNotAllowed, .configurationInvalid, "\(origin) is not https",
            hint: "http is for simulators on this machine: 127.0.0.1, and allow_insecure_loopback=true")
    }

    static func addressNotAllowed(_ address: IPAddress?, of origin: WebOrigin) -> SendError {
        let text = address.map { "\($0)" } ?? "an address of an unknown kind"
        return SendError(
            .addressNotAllowed, .configurationInvalid,
            "\(origin) is at \(text), which is not an address of the public internet",
            hint: "where that is meant to be, the bridge's operator lists the host in dynamics__allowed_hosts or "
                + "salesforce__allowed_hosts")
    }

    static func overloaded(_ origin: WebOrigin, waiting: Int) -> SendError {
        SendError(
            .overloaded, .upstreamUnavailable, "\(waiting) requests to \(origin) are waiting already",
            hint: "try again in a moment")
    }

    static func suspended(_ origin: WebOrigin, last: String, timeLeft: Duration) -> SendError {
        let seconds = (timeLeft.wholeMilliseconds + 999) / 1000
        let wait = seconds > 0 ? "it is left alone for another \(seconds) s" : "one request is finding out"
        return SendError(
            .suspended, .upstreamUnavailable,
            "\(origin) has failed again and again; \(wait); the last failure: \(last)",
            retryAfter: timeLeft)
    }

    static func cancelled(_ origin: WebOrigin) -> SendError {
        SendError(.cancelled, .upstreamUnavailable, "the request to \(origin) was given up")
    }

    static func throttled(_ origin: WebOrigin, retryAfter: Duration?) -> SendError {
        let wait = retryAfter.map { " for \(($0.wholeMilliseconds + 999) / 1000) s" } ?? ""
        return SendError(
            .throttled, .upstreamThrottled, "\(origin) asks to be left alone\(wait)",
            hint: "wait; the limits are the provider's", retryAfter: retryAfter)
    }

    static func queued(_ origin: WebOrigin, limit: Duration) -> SendError {
        SendError(
            .deadline, .upstreamUnavailable,
            "within \(limit) no request to \(origin) came to an end that this one waited for",
            hint: "the server answers too slowly for so many requests; try again in a moment")
    }
}
