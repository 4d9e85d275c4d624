/// Places at which our own harness kills the program, to show that nothing is lost and nothing said twice. In service nobody dies there:
/// only the harness's hidden switch gives these a meaning.
public enum DeathPoint: String, Sendable, CaseIterable {
    case itemHeard, itemStored, cursorStored, eventInterpreted, messageTakenIn
    case replyWritten, deliveryClaimed, deliverySending, actPerformed, outcomeRecorded
    case eventsSealed
}

/// Called at each death point with its name.
public typealias Fate = @Sendable (DeathPoint) -> Void
