extension Unicode.Scalar {
    /// Whether the character, not ASCII, may stand in an address: it can be seen, moves nothing, and neither is an
    /// accent apart from its letter nor turns into ASCII in lower case (the Kelvin sign, a dotted capital I).
    var isAddressCharacter: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned,
            .privateUse:
            return false
        default:
            return !properties.isDefaultIgnorableCodePoint && !isAccent
                && properties.lowercaseMapping.utf8.allSatisfy { $0 >= 0x80 }
        }
    }

    /// Whether UTS 46 leaves the character as it is. ß and ς are letters of their own since IDNA 2008.
    var isFolded: Bool { !properties.changesWhenNFKCCaseFolded || self == "ß" || self == "ς" }

    /// Marks above, below or through a letter, for which there are whole letters; vowels of other scripts are not.
    private var isAccent: Bool { properties.canonicalCombiningClass.rawValue >= 200 }
}

extension Substring {
    /// Whether every letter is written in its composed form (NFC).
    var isComposed: Bool {
        var bytes = utf8Span
        return bytes.checkForNFC(quickCheck: false)
    }
}
