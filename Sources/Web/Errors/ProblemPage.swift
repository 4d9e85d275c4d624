/// A page that can't be shown, or a deed that was refused: what is the matter, what to do.
public struct ProblemPage: PageValue {
    let door: Door
    let title: String
    let text: String
    let advice: String?
    /// The number under which a fault of ours is logged.
    let number: String?
    let path: String
    let label: String

    /// - Parameters:
    ///   - name: `notFound`, `notAllowed`, `fault`, `diskFull`, `newVersion`, `foreignOrigin`, `tooLarge`, `linkUsedUp`.
    ///   - path: Where the one link leads; its label is `problem.name.action`.
    public init(_ name: String, door: Door, number: String? = nil, path: String = "/inbox", words: Words) {
        self.door = door
        title = words("problem.\(name)")
        text = words("problem.\(name).text")
        advice = words.ifWritten("problem.\(name).advice")
        self.number = number
        self.path = path
        label = words("problem.\(name).action")
    }

    /// A refused deed that has no page of its own to return to.
    public init(refusal: Flash, door: Door, path: String, words: Words) {
        self.door = door
        title = words("problem.refused")
        text = refusal.text
        advice = refusal.advice
        number = nil
        self.path = path
        label = words("problem.refused.action")
    }

    public static let fields: Fields<ProblemPage> = [
        "door": \.door, "title": \.title, "text": \.text, "advice": \.advice, "number": \.number, "path": \.path, "label": \.label,
    ]
}
