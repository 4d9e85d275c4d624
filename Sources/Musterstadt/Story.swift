/// Everything that happens in Musterstadt, in its order. The start of the demo is moment 0; what lies before is the past.
struct Story: Sendable {
    struct Step: Sendable {
        /// Seconds from the start, negative before it.
        let moment: Double
        let deed: Deed
    }

    enum Deed: Sendable {
        case post(TownPost)
        case message(TownMessage)
        case edit(TownMessage, to: String)
        case delete(TownMessage)
        case answer(TownAnswer, to: TownMessage)
    }

    let past: [Step]
    let present: [Step]

    /// - Throws: ``Town/Unknown`` where an answer is to no message.
    init(_ town: Town) throws {
        var steps = town.posts.map { Step(moment: $0.hoursBefore * -3600, deed: .post($0)) }
        steps += town.messages.flatMap(Self.steps)
        steps += try town.answers.map { answer in
            let message = try town.message(answer.message)
            return Step(moment: message.moment + answer.minutesLater * 60, deed: .answer(answer, to: message))
        }
        // Of two things at one moment the first written stays first.
        let inOrder = steps.enumerated().sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }.map(\.element)
        past = inOrder.filter { $0.moment <= 0 }
        present = inOrder.filter { $0.moment > 0 }
    }

    private static func steps(of message: TownMessage) -> [Step] {
        var steps = [Step(moment: message.moment, deed: .message(message))]
        if let text = message.editedTo, let moment = message.editMoment {
            steps.append(Step(moment: moment, deed: .edit(message, to: text)))
        }
        if let moment = message.deletionMoment { steps.append(Step(moment: moment, deed: .delete(message))) }
        return steps
    }
}
