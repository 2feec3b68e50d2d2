import BridgeCore
import BridgeCrypto

/// A file below `Certificates/` and what becomes of it when somebody hands it in as a key to trust, at `SampleFile.now`.
struct SampleFile: Sendable {
    let path: String
    let outcome: Outcome

    /// What becomes of it.
    enum Outcome: Sendable, Equatable {
        /// These keys are trusted, after these warnings, in which the file is called `FILE`.
        case trusted([SampleKey], warnings: [String])
        /// It is refused with this code and sentence, and something to do about it.
        case refused(ReasonCode, String)
    }

    init(_ path: String, keys: [SampleKey], _ warnings: [String] = []) {
        (self.path, outcome) = (path, .trusted(keys, warnings: warnings))
    }

    init(_ path: String, _ code: ReasonCode, _ detail: String) {
        (self.path, outcome) = (path, .refused(code, detail))
    }

    static let all = salesforce + shapes + weak + foreign + keys + keystores

    /// A time at which the samples of a year are valid, and none ends soon.
    static let now = Timestamp(seconds: 1_780_000_000)
}

extension SampleFile {
    static func trusted(_ path: String, _ key: SampleKey, _ warnings: [String] = []) -> SampleFile {
        SampleFile(path, keys: [key], warnings)
    }

    static func refused(_ path: String, _ code: ReasonCode, _ detail: String) -> SampleFile {
        SampleFile(path, code, detail)
    }

    static func privateKey(_ path: String) -> SampleFile {
        SampleFile(path, .privateKeyGiven, "FILE holds a private key")
    }

    static func weak(_ path: String, _ why: String) -> SampleFile {
        SampleFile(path, .keyTooSmall, "FILE is too weak: \(why)")
    }

    static func keystore(_ path: String, _ kind: String) -> SampleFile {
        let detail = """
            FILE is \(kind), which is not opened here; a keystore holds private keys and has to be guarded, a .crt \
            holds none
            """
        return SampleFile(path, .keystoreUnsupported, detail)
    }
}

/// The keys of the samples, by their thumbprints.
enum SampleKey: String, Sendable {
    case cobrowse = "K7NaRhri-9tZC5KbV-dJWvEP-SO9GR4rQttmuYTn7fA"
    case renewed = "T96_R2O34dX0z00L1iShKiHrX_EOD-CvOfhLSYNzzqY"
    case rsa3072 = "TLyb-hB7tuuu1lEmAuQNaQx0K0csBK1LnK0cb1gCmLA"
    case rsa4096 = "Df4HOU9rh2BX4FJoyJTYQ8eVI0PYBDJerFckaLT551w"
    case other = "ZTrMOKCeC3wbCWM6uZk4LWwo095KWHxLH_bpScEXwEk"
    case exponent3 = "76zO2x70i0DsYsW48nFMQ4rWvJL54ygBXP5kOWUGMm0"
    case fermat = "sHHQyRINFZGyw7LTinIrRmryJSafFodxjs_e3kV_mAc"
    case authority = "cMvxGDIeHSdv7Vlt3IjP-OUJ8w5eHudRKSX9E8h1W6k"
}
