/// One line of a select or a group of radio buttons.
public struct Choice: PageValue, Hashable {
    let value: String
    let label: String
    let explanation: String?
    let isChosen: Bool

    public init(_ value: String, _ label: String, explanation: String? = nil, isChosen: Bool = false) {
        self.value = value
        self.label = label
        self.explanation = explanation
        self.isChosen = isChosen
    }

    public static let fields: Fields<Choice> = [
        "value": \.value, "label": \.label, "explanation": \.explanation, "isChosen": \.isChosen,
    ]
}

extension Words {
    /// All cases of a closed list, worded by `key.case`.
    public func choices<Case: RawRepresentable & CaseIterable & Equatable>(_ key: String, of type: Case.Type, chosen: Case?) -> [Choice]
    where Case.RawValue == String {
        type.allCases.map { Choice($0.rawValue, self("\(key).\($0.rawValue)"), isChosen: $0 == chosen) }
    }

    /// The same for a list known only by its names.
    public func choices(_ key: String, of names: [String], chosen: String?) -> [Choice] {
        names.map { Choice($0, self("\(key).\($0)"), isChosen: $0 == chosen) }
    }
}
