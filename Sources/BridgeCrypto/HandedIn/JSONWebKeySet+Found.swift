internal import BridgeCore

extension JSONWebKeySet {
    /// Reads a JWK or a JWK Set from a file, also one in UTF-16 or with a byte order mark.
    ///
    /// - Returns: `nil` for a file that is no JSON object, or one that has a PEM block inside.
    /// - Throws: as `init(reading:source:)`.
    package static func find(in bytes: [UInt8], source: String) throws(CryptoError) -> Found<JSONWebKeySet>? {
        let decoded = TextRepair.utf16.undo(bytes)
        guard let text = object(in: decoded ?? bytes) else { return nil }
        do throws(CryptoError) {
            let set = try JSONWebKeySet(reading: text, source: source)
            let repairs = decoded == nil ? [] : [FileRemark.repaired([.utf16], source: source)]
            return Found(content: set, remarks: repairs + set.passedOver(source))
        } catch {
            guard error.code == .certificateMalformed, !PEMText.labels(in: text).isEmpty else { throw error }
            return nil
        }
    }

    /// Why a file with a JWK is none with a certificate; `nil` for other files.
    static func refusal(of bytes: [UInt8], source: String) -> CryptoError? {
        do throws(CryptoError) {
            guard try find(in: bytes, source: source) != nil else { return nil }
        } catch {
            return error
        }
        return CryptoError(
            .certificateMalformed, "\(source) is a JWK or JWK Set, not a certificate",
            hint: "cert import and token verify --jwks take it")
    }

    /// The text without a byte order mark, where a JSON object begins.
    private static func object(in bytes: [UInt8]) -> [UInt8]? {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        return text.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{") ? text : nil
    }

    private func passedOver(_ source: String) -> [FileRemark] {
        guard passedOver > 0 else { return [] }
        let keys = passedOver == 1 ? "1 key that is" : "\(passedOver) keys that are"
        return [FileRemark("\(source) holds \(keys) not for RS256 signatures; passed over")]
    }
}
