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
    package var description: String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(time)Z"
    }

    /// `2026-11-20T09:30:00.123Z`, as log lines carry it.
    package var descriptionWithMilliseconds: String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(time).\(padded(millisecond, 3))Z"
    }

    private var time: String { "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))" }

    private func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
