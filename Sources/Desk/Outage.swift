import Store

/// Why the desk can't do anything just now, whoever asks.
public enum Outage: Sendable {
    /// No room left on the disk.
    case full
    /// The database is away, or everybody wants the same rows at once: the next try may go well.
    case passing

    /// - Returns: `nil` for an error that is no outage.
    public init?(_ error: any Error) {
        switch error as? StoreError {
        case .full: self = .full
        case .unreachable, .conflict, .timeout, .commitUnknown, .closed: self = .passing
        default: return nil
        }
    }
}
