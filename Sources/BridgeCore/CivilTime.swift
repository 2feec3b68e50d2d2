/// A `Timestamp` taken apart into the fields of the proleptic Gregorian calendar, UTC.
package struct CivilTime: Sendable, Hashable {
    package var year: Int64
    package var month: Int64
    package var day: Int64
    package var hour: Int64
    package var minute: Int64
    package var second: Int64
    package var millisecond: Int64

    /// Takes `timestamp` apart (the days-to-civil algorithm over 400-year eras).
    package init(_ timestamp: Timestamp) {
        let seconds = timestamp.seconds
        let rest = timestamp.milliseconds % 1000
        millisecond = rest < 0 ? rest + 1000 : rest
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let ofDay = seconds - days * 86_400
        (hour, minute, second) = (ofDay / 3600, ofDay / 60 % 60, ofDay % 60)

        let shifted = days + 719_468  // days since 0000-03-01, so that leap days end a year
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The number of days from 1970-01-01 to the given date.
    package static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// How many days `month` of `year` has.
    package static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CivilTime: CustomStringConvertible {
    /// `2026-11-20T09:30:00Z`, the fraction left out.
    package var description: String { text(withMilliseconds: false) }

    /// `2026-11-20T09:30:00.123Z`, as log lines carry it.
    package var descriptionWithMilliseconds: String { text(withMilliseconds: true) }

    private func text(withMilliseconds: Bool) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        append(year, digits: 4, to: &bytes)
        append(month, after: "-", to: &bytes)
        append(day, after: "-", to: &bytes)
        append(hour, after: "T", to: &bytes)
        append(minute, after: ":", to: &bytes)
        append(second, after: ":", to: &bytes)
        if withMilliseconds {
            bytes.append(UInt8(ascii: "."))
            append(millisecond, digits: 3, to: &bytes)
        }
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private func append(_ value: Int64, after separator: Unicode.Scalar, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: separator))
        append(value, digits: 2, to: &bytes)
    }

    /// Appends a number with leading zeros; years beyond four digits and before 0 are written in full.
    private func append(_ value: Int64, digits: Int, to bytes: inout [UInt8]) {
        guard value >= 0, value < 10_000 else { return bytes.append(contentsOf: String(value).utf8) }
        var divisor: Int64 = digits == 4 ? 1000 : digits == 3 ? 100 : 10
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }
}
