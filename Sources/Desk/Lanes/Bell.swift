/// Rings once however often it is struck before somebody hears it. One lane waits at each bell.
struct Bell: Sendable {
    private let strokes: AsyncStream<Void>
    private let hammer: AsyncStream<Void>.Continuation

    init() {
        (strokes, hammer) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func ring() { hammer.yield() }

    /// Waits until the bell was rung, or the time is up, or the task is cancelled.
    func wait(atMost limit: Duration, by clock: Clock) async {
        await withTaskGroup { group in
            // The timer strikes the bell itself, because cancelling a wait for an AsyncStream would end the stream for good.
            group.addTask {
                if (try? await clock.sleep(limit)) != nil { ring() }
            }
            for await _ in strokes { break }
            group.cancelAll()
        }
    }
}
