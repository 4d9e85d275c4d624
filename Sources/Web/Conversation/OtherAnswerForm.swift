/// Says that a citizen got their answer on the telephone. Prefilled with now.
public struct OtherAnswerForm: PageValue {
    let office: String
    let said: String
    let day: String
    let time: String

    public init(office: String = "", said: String = "", day: String, time: String) {
        self.office = office
        self.said = said
        self.day = day
        self.time = time
    }

    public static let fields: Fields<OtherAnswerForm> = ["office": \.office, "said": \.said, "day": \.day, "time": \.time]
}
