import Store

extension StoreError {
    /// The database itself is in trouble: no row is to blame, and trying again later helps.
    var isOfTheDatabase: Bool {
        switch self {
        case .full, .unreachable, .commitUnknown, .closed, .conflict: true
        default: false
        }
    }
}
