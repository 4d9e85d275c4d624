import Desk

/// How a colleague likes their desk, as a form.
public struct SettingsForm: PageValue {
    let languages: [Choice]
    let densities: [Choice]
    let usesKeys: Bool
    let signs: Bool
    /// Chosen, or made of the name for who chooses it next.
    let signature: String

    public init(_ preferences: Preferences, name: String, words: Words) {
        languages = words.choices("language", of: Language.self, chosen: Language(rawValue: preferences.language))
        densities = Preferences.Density.allCases.map {
            Choice(
                $0.rawValue, words("density.\($0.rawValue)"), explanation: words("density.\($0.rawValue).text"),
                isChosen: $0 == preferences.density)
        }
        usesKeys = preferences.usesKeys
        signs = preferences.signature != nil
        signature = preferences.signature ?? "/" + Initials.of(name)
    }

    public static let fields: Fields<SettingsForm> = [
        "languages": \.languages, "densities": \.densities, "usesKeys": \.usesKeys, "signs": \.signs, "signature": \.signature,
        "longestSignature": { _ in Preferences.longestSignature },
    ]
}
