/// A stream whose next element is made when somebody asks for it: no task runs beside its reader, and nothing runs ahead of them.
///
/// - Parameter next: Called again after each element, never twice at once. `nil` ends the stream.
func pulledStream<Element: Sendable>(_ next: sending @escaping () async throws -> Element?) -> AsyncThrowingStream<Element, any Error> {
    let source = Source(next: next)
    return AsyncThrowingStream { try await source.next() }
}

/// Unchecked because the compiler can't see that a stream asks one at a time: each of ours is iterated by one reader (a lane, or
/// `collect`), who awaits an element before asking for the next, and `sending` leaves the closure's state with nobody else.
private struct Source<Element>: @unchecked Sendable {
    let next: () async throws -> Element?
}
