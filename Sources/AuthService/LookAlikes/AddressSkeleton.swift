/// What is left of an address when everything is taken away that people overlook; equal for addresses that look alike.
///
/// Without points and without what follows a plus sign in the local part, accents off, letters and digits that resemble
/// others replaced, A-labels in their letters. At most about 500 bytes.
struct AddressSkeleton: Hashable {
    let text: String

    init(_ email: EmailAddress) {
        let letters = email.inLetters.unicodeScalars
        let at = letters.lastIndex(of: "@") ?? letters.endIndex
        let local = letters[..<at]
        // A plus sign in front begins a name and ends none.
        let tag = local.dropFirst().firstIndex(of: "+") ?? at
        var text = ""
        for scalar in local[..<tag] where scalar != "." { text += ConfusableLetters.skeleton(of: scalar) }
        for scalar in letters[at...] { text += ConfusableLetters.skeleton(of: scalar) }
        self.text = text
    }
}
