package import BridgeCore

/// Reads the times that HTTP fields carry (RFC 9110 §5.6.7).
package enum HTTPTime {
    /// The time of `Sun, 06 Nov 1994 08:49:37 GMT`, or of one of the two older forms that recipients have to take;
    /// `nil` for anything else. Two digits of a year are those of 1970 to 2069.
    package static func parse(_ text: String) -> Timestamp? {
        guard text.utf8.count <= 40 else { return nil }
        var words = text.split { " ,-:".contains($0) }[...]
        guard words.popFirst() != nil else { return nil }  // the day of the week
        if words.last == "GMT" {
            words.removeLast()
        } else if words.count == 6, let year = words.popLast() {
            words.swapAt(words.startIndex, words.startIndex + 1)  // asctime: the month comes first, the year last
            words.insert(year, at: words.startIndex + 2)
        }
        guard words.count == 6, let month = months.firstIndex(of: words[words.startIndex + 1]) else { return nil }
        let numbers = words.compactMap(number)
        guard numbers.count == 5 else { return nil }
        return time(day: numbers[0], month: Int64(month) + 1, year: numbers[1], clock: numbers[2...])
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func number(_ word: Substring) -> Int64? {
        word.utf8.count <= 4 && word.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(word) : nil
    }

    private static func time(day: Int64, month: Int64, year: Int64, clock: ArraySlice<Int64>) -> Timestamp? {
        let year = year < 70 ? 2000 + year : year < 100 ? 1900 + year : year
        let (hour, minute, second) = (clock[clock.startIndex], clock[clock.startIndex + 1], clock[clock.startIndex + 2])
        guard (1...CivilTime.length(ofMonth: month, year: year)).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = CivilTime.days(year: year, month: month, day: day)
        return Timestamp(seconds: days * 86_400 + hour * 3600 + minute * 60 + second)
    }
}
